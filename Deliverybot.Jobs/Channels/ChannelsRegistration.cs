using Deliverybot.Jobs.Changes;
using Deliverybot.Jobs.Channels.Comments;
using Deliverybot.Jobs.Channels.Statuses;
using Deliverybot.Jobs.Markup;
using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.Channels;

internal static class ChannelsRegistration
{
    public static IServiceCollection AddChannels(this IServiceCollection services) => services
        .AddScoped<IChannel, CommitStatusChannel>()
        .AddScoped<IChannel, TargetCommentChannel>()
        .AddScoped<IChannel, RollbackComment>()
        .AddScoped<IChannel, FailureNotice>()
        .AddScoped<CommitStatusWriter>()
        .AddScoped<WriteCommitStatusJob>()
        .AddSingleton<CommitLinks>()
        .AddSingleton<TargetComment>()
        .AddScoped<TargetCommentWriter>()
        .AddScoped<FailureNotice>()
        .AddScoped<WriteCommentsJob>();
}
