using System.Text.Json.Nodes;
using Deliverybot.Sandbox.Rendering;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Rest.Git;

/// <summary>Branches, tags and the refs behind them. https://docs.github.com/en/rest/git/refs</summary>
internal static class RefRoutes
{
    public static void Map(RouteTable routes)
    {
        routes.Get("/repos/{owner}/{repo}/git/ref/{**ref}", Access.Read("contents"), One);
        routes.Get("/repos/{owner}/{repo}/git/matching-refs/{**ref}", Access.Read("contents"), Matching);
        routes.Get("/repos/{owner}/{repo}/git/tags/{tag_sha}", Access.Read("contents"), TagObject);
        routes.Get("/repos/{owner}/{repo}/git/commits/{commit_sha}", Access.Read("contents"), CommitObject);
        routes.Get("/repos/{owner}/{repo}/branches", Access.Read("contents"), Branches);
        routes.Get("/repos/{owner}/{repo}/branches/{branch}", Access.Read("contents"), Branch);
        routes.Get("/repos/{owner}/{repo}/tags", Access.Read("contents"), Tags);
    }

    private static RestAnswer Branches(RestCall call) => call.List(call.Repository.Heads.ToList(), head => Short(call, head.Key, head.Value));

    private static RestAnswer Tags(RestCall call) => call.List(call.Repository.TagRefs.ToList(), tag => Tag(call, tag.Key));

    private static RestAnswer One(RestCall call)
    {
        var name = call.Route("ref");
        var found = All(call.Repository).FirstOrDefault(pair => pair.Key == $"refs/{name}");
        return found.Key is null ? throw RestRefusal.NotFound() : RestAnswer.Ok(Ref(call, found.Key, found.Value));
    }

    private static RestAnswer Matching(RestCall call) => call.List(
        All(call.Repository).Where(pair => pair.Key.StartsWith($"refs/{call.Route("ref")}", StringComparison.Ordinal)).ToList(),
        pair => Ref(call, pair.Key, pair.Value));

    private static IEnumerable<KeyValuePair<string, string>> All(Repository repository) => repository.Heads
        .Select(head => KeyValuePair.Create($"refs/heads/{head.Key}", head.Value))
        .Concat(repository.TagRefs.Select(tag => KeyValuePair.Create($"refs/tags/{tag.Key}", tag.Value)))
        .Concat(repository.Pulls.Select(pull => KeyValuePair.Create($"refs/pull/{pull.Number}/head", pull.HeadSha)));

    private static JsonObject Ref(RestCall call, string name, string sha)
    {
        var api = RepositoryJson.ApiUrl(call.World.Urls, call.Repository);
        return new JsonObject
        {
            ["ref"] = name,
            ["node_id"] = NodeId.Of("Ref" + name, call.Repository.Id),
            ["url"] = $"{api}/git/{name}",
            ["object"] = Pointee(call, api, sha),
        };
    }

    private static RestAnswer TagObject(RestCall call)
    {
        var api = RepositoryJson.ApiUrl(call.World.Urls, call.Repository);
        var tag = call.Repository.Objects.FindTag(call.Route("tag_sha")) ?? throw RestRefusal.NotFound();
        return RestAnswer.Ok(new JsonObject
        {
            ["node_id"] = NodeId.Of("Tag" + tag.Sha, call.Repository.Id),
            ["tag"] = tag.Name,
            ["sha"] = tag.Sha,
            ["url"] = $"{api}/git/tags/{tag.Sha}",
            ["message"] = tag.Message,
            ["tagger"] = AccountJson.Signature(tag.Tagger, tag.Date),
            ["object"] = Pointee(call, api, tag.TargetSha),
        });
    }

    /// <summary>A tag may point to a tag.</summary>
    private static JsonObject Pointee(RestCall call, string api, string sha)
    {
        var type = call.Repository.Objects.FindTag(sha) is null ? "commit" : "tag";
        return new JsonObject { ["type"] = type, ["sha"] = sha, ["url"] = $"{api}/git/{type}s/{sha}" };
    }

    private static RestAnswer CommitObject(RestCall call)
    {
        var commit = call.Repository.Objects.Find(call.Route("commit_sha")) ?? throw RestRefusal.NotFound();
        var full = CommitJson.Of(call.World, call.Repository, commit);
        var json = full["commit"]!.DeepClone().AsObject();
        json["sha"] = commit.Sha;
        json["node_id"] = full["node_id"]!.DeepClone();
        json["html_url"] = full["html_url"]!.DeepClone();
        json["parents"] = full["parents"]!.DeepClone();
        json.Remove("comment_count");
        return RestAnswer.Ok(json);
    }

    private static JsonObject Short(RestCall call, string name, string sha) => new()
    {
        ["name"] = name,
        ["commit"] = new JsonObject { ["sha"] = sha, ["url"] = $"{RepositoryJson.ApiUrl(call.World.Urls, call.Repository)}/commits/{sha}" },
        ["protected"] = false,
    };

    private static RestAnswer Branch(RestCall call)
    {
        var name = call.Route("branch");
        var sha = call.Repository.Heads.GetValueOrDefault(name) ?? throw RestRefusal.Of(404, "Branch not found");
        var api = RepositoryJson.ApiUrl(call.World.Urls, call.Repository);
        var json = Short(call, name, sha);
        json["commit"] = CommitJson.Of(call.World, call.Repository, call.Repository.Objects.Get(sha));
        json["_links"] = new JsonObject
        {
            ["self"] = $"{api}/branches/{name}",
            ["html"] = $"{RepositoryJson.HtmlUrl(call.World.Urls, call.Repository)}/tree/{name}",
        };
        json["protection"] = new JsonObject { ["enabled"] = false };
        json["protection_url"] = $"{api}/branches/{name}/protection";
        return RestAnswer.Ok(json);
    }

    private static JsonObject Tag(RestCall call, string name)
    {
        var api = RepositoryJson.ApiUrl(call.World.Urls, call.Repository);
        var commit = call.Repository.Resolve($"tags/{name}")!;
        return new JsonObject
        {
            ["name"] = name,
            ["commit"] = new JsonObject { ["sha"] = commit.Sha, ["url"] = $"{api}/commits/{commit.Sha}" },
            ["zipball_url"] = $"{api}/zipball/refs/tags/{name}",
            ["tarball_url"] = $"{api}/tarball/refs/tags/{name}",
            ["node_id"] = NodeId.Of("Ref" + name, call.Repository.Id),
        };
    }
}
