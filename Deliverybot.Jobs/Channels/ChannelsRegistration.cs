using Deliverybot.Jobs.Channels.Comments;
using Deliverybot.Jobs.Channels.Pages;
using Deliverybot.Jobs.Channels.Statuses;
using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.Channels;

internal static class ChannelsRegistration
{
    public static IServiceCollection AddChannels(this IServiceCollection services) => services
        .AddSingleton<Pauses>()
        .AddSingleton<Tidings>()
        .AddCommitStatuses()
        .AddComments()
        .AddSingleton<HeadNews>()
        .AddHostedService(provider => provider.GetRequiredService<HeadNews>());

    private static IServiceCollection AddCommitStatuses(this IServiceCollection services) => services
        .AddScoped<CommitStatusWriter>()
        .AddScoped<DueCommitStatuses>()
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
        .AddScoped<DueComments>()
        .AddScoped<WriteCommentsJob>()
        .AddScoped<BrokenRules>()
        .AddScoped<TellBrokenRulesJob>()
        .AddScoped<ChangedRules>()
        .AddScoped<TellChangedRulesJob>()
        .AddScoped<TellForkJob>()
        .AddScoped<LockStaysJob>();
}
