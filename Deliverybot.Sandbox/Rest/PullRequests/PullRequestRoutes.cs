using Deliverybot.Sandbox.Rendering;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Rest.PullRequests;

/// <summary>https://docs.github.com/en/rest/pulls/pulls</summary>
internal static class PullRequestRoutes
{
    public static void Map(RouteTable routes)
    {
        routes.Get("/repos/{owner}/{repo}/pulls", Access.Read("pull_requests"), List);
        routes.Get("/repos/{owner}/{repo}/pulls/{pull_number}", Access.Read("pull_requests"), One);
        routes.Get("/repos/{owner}/{repo}/pulls/{pull_number}/commits", Access.Read("pull_requests"), Commits);
        routes.Get("/repos/{owner}/{repo}/pulls/{pull_number}/files", Access.Read("pull_requests"), Files);
    }

    private static RestAnswer One(RestCall call) => RestAnswer.Ok(PullRequestJson.Of(call.World, call.Repository, Find(call)));

    private static RestAnswer List(RestCall call)
    {
        var state = call.Query("state") ?? "open";
        var head = call.Query("head");
        var onto = call.Query("base");
        var pulls = call.Repository.Pulls
            .Where(pull => state == "all" || pull.Open == (state == "open"))
            .Where(pull => head is null || $"{pull.HeadRepository.Owner.Login}:{pull.HeadBranch}" == head)
            .Where(pull => onto is null || pull.BaseBranch == onto)
            .OrderByDescending(pull => pull.Number)
            .ToList();
        return call.List(pulls, pull => PullRequestJson.Simple(call.World, call.Repository, pull));
    }

    private static RestAnswer Commits(RestCall call) =>
        call.List(Between(call).Ahead, commit => CommitJson.Of(call.World, call.Repository, commit));

    private static RestAnswer Files(RestCall call)
    {
        var comparison = Between(call);
        var changes = FileChange.Between(comparison.MergeBase?.Files, comparison.Head.Files);
        return RestAnswer.Ok(CommitJson.Files(call.World, call.Repository, comparison.Head, changes));
    }

    private static Comparison Between(RestCall call)
    {
        var pull = Find(call);
        var objects = call.Repository.Objects;
        return Comparison.Of(objects, objects.Get(pull.BaseSha), objects.Get(pull.HeadSha));
    }

    private static PullRequest Find(RestCall call)
    {
        var number = call.RouteId("pull_number");
        return call.Repository.Pulls.FirstOrDefault(pull => pull.Number == number) ?? throw RestRefusal.NotFound();
    }
}
