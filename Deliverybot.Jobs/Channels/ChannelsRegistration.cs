using Deliverybot.Jobs.Changes;
using Deliverybot.Jobs.Channels.Comments;
using Deliverybot.Jobs.Channels.Pages;
using Deliverybot.Jobs.Channels.Statuses;
using Deliverybot.Jobs.Markup;
using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.Channels;

internal static class ChannelsRegistration
{
    public static IServiceCollection AddChannels(this IServiceCollection services) => services
        .AddSingleton<Pauses>()
        .AddScoped<IChannel, CommitStatusChannel>()
        .AddScoped<IChannel, TargetCommentChannel>()
        .AddScoped<IChannel, FailureNotice>()
        .AddCommitStatuses()
        .AddComments()
        .AddSingleton<HeadNews>()
        .AddHostedService(provider => provider.GetRequiredService<HeadNews>());

    private static IServiceCollection AddCommitStatuses(this IServiceCollection services) => services
        .AddScoped<CommitStatusWriter>()
        .AddScoped<WriteCommitStatusJob>()
        .AddSingleton<ConfigStatuses>()
        .AddScoped<WriteConfigStatusJob>();

    private static IServiceCollection AddComments(this IServiceCollection services) => services
        .AddSingleton<CommentRefusals>()
        .AddSingleton<Conversations>()
        .AddSingleton<CommitLinks>()
        .AddSingleton<TargetComment>()
        .AddScoped<KeptComments>()
        .AddScoped<TargetCommentWriter>()
        .AddScoped<FailureNotice>()
        .AddScoped<WriteCommentsJob>()
        .AddScoped<BrokenRules>()
        .AddScoped<TellBrokenRulesJob>()
        .AddScoped<LockStaysJob>();
}
