using Deliverybot.Jobs.Deliveries;
using Deliverybot.Jobs.PullRequests.Answers;
using Deliverybot.Jobs.PullRequests.Comments;
using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.PullRequests;

internal static class PullRequestsRegistration
{
    public static IServiceCollection AddPullRequests(this IServiceCollection services) => services
        .AddSingleton<CommentRefusals>()
        .AddSingleton<Conversations>()
        .AddSingleton<CommitLinks>()
        .AddSingleton<TargetComment>()
        .AddScoped<KeptComments>()
        .AddScoped<TargetCommentWriter>()
        .AddScoped<BrokenRules>()
        .AddScoped<FailureNotice>()
        .AddScoped<DueComments>()
        .AddScoped<WriteCommentsJob>()
        .AddScoped<EnvironmentSurvey>()
        .AddScoped<DeployAnswer>()
        .AddScoped<HelpAnswer>()
        .AddScoped<PromoteAnswer>()
        .AddScoped<LockAnswers>()
        .AddScoped<RollbackAnswer>()
        .AddScoped<StatusAnswer>()
        .AddScoped<CancelAnswer>()
        .AddScoped<CommandAnswers>()
        .AddScoped<ChangedRules>()
        .AddScoped<KnownClosings>()
        .AddScoped<PullRequestEnding>()
        .AddKeyedScoped<IDeliveryHandler, PullRequestHandler>("pull_request")
        .AddKeyedScoped<IDeliveryHandler, CommandHandler>("issue_comment");
}
