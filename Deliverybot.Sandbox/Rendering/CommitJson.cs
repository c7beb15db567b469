using System.Text.Json.Nodes;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Rendering;

/// <summary>The <c>commit</c> shapes.</summary>
internal static class CommitJson
{
    public static JsonObject Of(GitHubWorld world, Repository repository, Commit commit)
    {
        var api = RepositoryJson.ApiUrl(world.Urls, repository);
        var html = RepositoryJson.HtmlUrl(world.Urls, repository);
        return new JsonObject
        {
            ["sha"] = commit.Sha,
            ["node_id"] = NodeId.Of("Commit", commit.Sequence),
            ["commit"] = new JsonObject
            {
                ["author"] = AccountJson.Signature(commit.Author, commit.Date),
                ["committer"] = AccountJson.Signature(commit.Author, commit.Date),
                ["message"] = commit.Message,
                ["tree"] = new JsonObject { ["sha"] = commit.TreeSha, ["url"] = $"{api}/git/trees/{commit.TreeSha}" },
                ["url"] = $"{api}/git/commits/{commit.Sha}",
                ["comment_count"] = 0,
                ["verification"] = new JsonObject
                {
                    ["verified"] = false,
                    ["reason"] = "unsigned",
                    ["signature"] = null,
                    ["payload"] = null,
                    ["verified_at"] = null,
                },
            },
            ["url"] = $"{api}/commits/{commit.Sha}",
            ["html_url"] = $"{html}/commit/{commit.Sha}",
            ["comments_url"] = $"{api}/commits/{commit.Sha}/comments",
            ["author"] = AccountJson.Simple(world.Urls, commit.Author),
            ["committer"] = AccountJson.Simple(world.Urls, commit.Author),
            ["parents"] = commit.Parents.ToJson(parent => new JsonObject
            {
                ["sha"] = parent,
                ["url"] = $"{api}/commits/{parent}",
                ["html_url"] = $"{html}/commit/{parent}",
            }),
        };
    }

    public static JsonObject Full(GitHubWorld world, Repository repository, Commit commit)
    {
        var json = Of(world, repository, commit);
        var changes = ChangesOf(repository, commit);
        json["stats"] = new JsonObject { ["total"] = changes.Count, ["additions"] = changes.Count, ["deletions"] = 0 };
        json["files"] = Files(world, repository, commit, changes);
        return json;
    }

    public static JsonArray Files(GitHubWorld world, Repository repository, Commit commit, IReadOnlyList<FileChange> changes)
    {
        var api = RepositoryJson.ApiUrl(world.Urls, repository);
        var html = RepositoryJson.HtmlUrl(world.Urls, repository);
        return changes.ToJson(change => new JsonObject
        {
            ["sha"] = ObjectStore.HashOf($"{change.Path} {commit.Files.GetValueOrDefault(change.Path)}"),
            ["filename"] = change.Path,
            ["status"] = change.Status,
            ["additions"] = 1,
            ["deletions"] = 0,
            ["changes"] = 1,
            ["blob_url"] = $"{html}/blob/{commit.Sha}/{change.Path}",
            ["raw_url"] = $"{html}/raw/{commit.Sha}/{change.Path}",
            ["contents_url"] = $"{api}/contents/{change.Path}?ref={commit.Sha}",
            ["patch"] = change.Patch,
        });
    }

    public static IReadOnlyList<FileChange> ChangesOf(Repository repository, Commit commit) =>
        FileChange.Between(commit.Parents.IsEmpty ? null : repository.Objects.Get(commit.Parents[0]).Files, commit.Files);
}
