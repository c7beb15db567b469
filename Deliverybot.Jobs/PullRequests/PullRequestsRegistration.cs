using Deliverybot.Jobs.Deliveries;
using Deliverybot.Jobs.Deploying;
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
        .AddScoped<TargetCommentWriter>()
        .AddScoped<FailureNotice>()
        .AddScoped<DueComments>()
        .AddScoped<WriteCommentsJob>()
        .AddScoped<Prospects>()
        .AddScoped<EnvironmentSurvey>()
        .AddScoped<DeployAnswer>()
        .AddScoped<HelpAnswer>()
        .AddScoped<PromoteAnswer>()
        .AddScoped<LockAnswers>()
        .AddScoped<RollbackAnswer>()
        .AddScoped<StatusAnswer>()
        .AddScoped<CancelAnswer>()
        .AddScoped<CommandAnswers>()
        .AddKeyedScoped<IDeliveryHandler, CommandHandler>("issue_comment");
}
