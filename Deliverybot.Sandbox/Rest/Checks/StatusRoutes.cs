using Deliverybot.Sandbox.Rendering;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Rest.Checks;

/// <summary>https://docs.github.com/en/rest/commits/statuses</summary>
internal static class StatusRoutes
{
    private const int LongestDescription = 140;
    private static readonly string[] States = ["error", "failure", "pending", "success"];

    public static void Map(RouteTable routes)
    {
        routes.Post("/repos/{owner}/{repo}/statuses/{sha}", Access.Write("statuses"), Create);
        routes.Get("/repos/{owner}/{repo}/commits/{ref}/status", Access.Read("statuses"), Combined);
        routes.Get("/repos/{owner}/{repo}/commits/{ref}/statuses", Access.Read("statuses"), List);
    }

    private static RestAnswer Create(RestCall call)
    {
        var commit = call.Repository.Objects.Find(call.Route("sha"));
        if (commit is null || commit.Sha != call.Route("sha"))
        {
            throw RestRefusal.Of(422, $"No commit found for SHA: {call.Route("sha")}");
        }

        var state = call.Required("Status", "state");
        if (!States.Contains(state))
        {
            throw RestRefusal.Invalid("Status", "state", "invalid");
        }

        if (call.Text("description") is { Length: > LongestDescription })
        {
            throw RestRefusal.Invalid("Status", "description", "custom", "description is too long (maximum is 140 characters)");
        }

        var status = call.World.SetStatus(
            call.Repository, commit.Sha, call.Text("context") ?? "default", state, call.Actor, call.Text("description"), call.Text("target_url"));
        return RestAnswer.Created(StatusJson.Of(call.World, call.Repository, status));
    }

    private static RestAnswer Combined(RestCall call)
    {
        var commit = call.Commit(call.Route("ref"));
        var all = GitHubWorld.LatestStatuses(call.Repository, commit.Sha);
        var page = call.PageOf(all, out var links);
        return new RestAnswer(200, StatusJson.Combined(call.World, call.Repository, commit, page, all)) { Headers = links };
    }

    private static RestAnswer List(RestCall call)
    {
        var commit = call.Commit(call.Route("ref"));
        var newestFirst = call.Repository.StatusList.Where(status => status.Sha == commit.Sha).Reverse().ToList();
        return call.List(newestFirst, status => StatusJson.Of(call.World, call.Repository, status));
    }
}
