using System.Text.Json.Nodes;
using Deliverybot.Sandbox.Rendering;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Rest.Git;

/// <summary>Commits, comparison, merging. https://docs.github.com/en/rest/commits/commits</summary>
internal static class CommitRoutes
{
    /// <summary>A comparison lists so many, with their patches, on its first page, whatever is asked for; the other pages list none.</summary>
    private const int MostFiles = 300;

    public static void Map(RouteTable routes)
    {
        routes.Get("/repos/{owner}/{repo}/commits", Access.Read("contents"), List);
        routes.Get("/repos/{owner}/{repo}/commits/{ref}", Access.Read("contents"), One);
        routes.Get("/repos/{owner}/{repo}/commits/{ref}/pulls", Access.Read("pull_requests"), PullsOf);
        routes.Get("/repos/{owner}/{repo}/compare/{basehead}", Access.Read("contents"), Compare);
        routes.Post("/repos/{owner}/{repo}/merges", Access.Write("contents"), Merge);
    }

    private static RestAnswer List(RestCall call)
    {
        var reference = call.Query("sha") ?? $"refs/heads/{call.Repository.DefaultBranch}";
        var start = call.Repository.Resolve(reference) ?? throw RestRefusal.NotFound();
        var path = call.Query("path");
        var commits = call.Repository.Objects.History(start.Sha)
            .Where(commit => path is null || CommitJson.ChangesOf(call.Repository, commit).Any(change => Inside(change.Path, path)))
            .ToList();
        return call.List(commits, commit => CommitJson.Of(call.World, call.Repository, commit));
    }

    private static bool Inside(string file, string path) => file == path || file.StartsWith(path.TrimEnd('/') + "/", StringComparison.Ordinal);

    private static RestAnswer One(RestCall call)
    {
        var commit = call.Commit(call.Route("ref"));
        return call.Request.Headers.Accept.ToString().Contains(".sha", StringComparison.Ordinal)
            ? new RestAnswer(200) { Raw = System.Text.Encoding.ASCII.GetBytes(commit.Sha), ContentType = "application/vnd.github.sha; charset=utf-8" }
            : RestAnswer.Ok(CommitJson.Full(call.World, call.Repository, commit));
    }

    private static RestAnswer PullsOf(RestCall call)
    {
        var commit = call.Commit(call.Route("ref"));
        return call.List(Containing(call.Repository, commit), pull => PullRequestJson.Simple(call.World, call.Repository, pull));
    }

    /// <summary>Pull requests that brought, or would bring, a commit in.</summary>
    public static IReadOnlyList<PullRequest> Containing(Repository repository, Commit commit) => repository.Pulls
        .Where(pull => pull.MergeCommitSha == commit.Sha
            || Comparison.Of(repository.Objects, repository.Objects.Get(pull.BaseSha), repository.Objects.Get(pull.HeadSha)).Ahead.Contains(commit))
        .ToList();

    private static RestAnswer Compare(RestCall call)
    {
        var sides = call.Route("basehead").Split("...", 2);
        if (sides.Length < 2 || Side(call, sides[0]) is not { } start || Side(call, sides[1]) is not { } end)
        {
            throw RestRefusal.NotFound();
        }

        var comparison = Comparison.Of(call.Repository.Objects, start, end);
        if (comparison.MergeBase is null)
        {
            throw RestRefusal.Of(404, $"No common ancestor between {sides[0]} and {sides[1]}.");
        }

        var page = call.PageOf(comparison.Ahead, out var links);
        var files = call.Page == 1 ? FileChange.Between(comparison.MergeBase.Files, end.Files).Take(MostFiles).ToList() : [];
        var html = $"{RepositoryJson.HtmlUrl(call.World.Urls, call.Repository)}/compare/{call.Route("basehead")}";
        return new RestAnswer(200, new JsonObject
        {
            ["url"] = $"{RepositoryJson.ApiUrl(call.World.Urls, call.Repository)}/compare/{call.Route("basehead")}",
            ["html_url"] = html,
            ["permalink_url"] = html,
            ["diff_url"] = html + ".diff",
            ["patch_url"] = html + ".patch",
            ["base_commit"] = CommitJson.Of(call.World, call.Repository, start),
            ["merge_base_commit"] = CommitJson.Of(call.World, call.Repository, comparison.MergeBase),
            ["status"] = comparison.Status,
            ["ahead_by"] = comparison.Ahead.Count,
            ["behind_by"] = comparison.BehindBy,
            ["total_commits"] = comparison.Ahead.Count,
            ["commits"] = page.ToJson(commit => CommitJson.Of(call.World, call.Repository, commit)),
            ["files"] = CommitJson.Files(call.World, call.Repository, end, files),
        })
        { Headers = links };
    }

    // A branch of a fork is named owner:branch.
    private static Commit? Side(RestCall call, string name)
    {
        var parts = name.Split(':', 2);
        if (parts.Length == 1)
        {
            return call.Repository.Resolve(name);
        }

        var fork = call.World.Repositories.FirstOrDefault(item =>
            ReferenceEquals(item.Objects, call.Repository.Objects)
            && string.Equals(item.Owner.Login, parts[0], StringComparison.OrdinalIgnoreCase));
        return fork?.Resolve(parts[1]);
    }

    private static RestAnswer Merge(RestCall call)
    {
        var branch = call.Required("Merge", "base");
        var head = call.Required("Merge", "head");
        if (!call.Repository.Heads.ContainsKey(branch))
        {
            throw RestRefusal.Of(404, "Base does not exist");
        }

        var commit = call.Repository.Resolve(head) ?? throw RestRefusal.Of(404, "Head does not exist");
        var message = call.Text("commit_message") ?? $"Merge {head} into {branch}";
        return call.World.Merge(call.Repository, branch, commit.Sha, call.Actor, message) switch
        {
            MergeOutcome.Merged merged => RestAnswer.Created(CommitJson.Of(call.World, call.Repository, merged.Commit)),
            MergeOutcome.Conflict => throw RestRefusal.Of(409, "Merge conflict"),
            _ => RestAnswer.NoContent,
        };
    }
}
