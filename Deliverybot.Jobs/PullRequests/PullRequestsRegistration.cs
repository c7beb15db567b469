using Deliverybot.Jobs.Deploying;
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
        .AddScoped<Prospects>();
}
