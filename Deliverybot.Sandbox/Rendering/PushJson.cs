using System.Text.Json.Nodes;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Rendering;

/// <summary>The <c>push</c> event. https://docs.github.com/en/webhooks/webhook-events-and-payloads#push</summary>
internal static class PushJson
{
    private const int MostCommits = 2048;

    public static JsonObject Of(GitHubWorld world, Repository repository, string reference, string before, string after, Account author)
    {
        var html = RepositoryJson.HtmlUrl(world.Urls, repository);
        var objects = repository.Objects;
        var created = before.All(digit => digit == '0');
        var deleted = after.All(digit => digit == '0');
        var head = deleted ? null : repository.Resolve(after) ?? objects.Peel(after);
        var old = created ? null : objects.Find(before);
        IReadOnlyList<Commit> commits = head is null || reference.StartsWith("refs/tags/", StringComparison.Ordinal)
            ? []
            : old is null ? NewCommits(repository, reference, head) : Comparison.Of(objects, old, head).Ahead;
        var json = new JsonObject
        {
            ["ref"] = reference,
            ["before"] = before,
            ["after"] = after,
            ["repository"] = RepositoryOf(world, repository),
            ["pusher"] = new JsonObject { ["name"] = author.Login, ["email"] = author.Email },
            ["created"] = created,
            ["deleted"] = deleted,
            ["forced"] = old is not null && head is not null && !objects.Contains(head.Sha, old.Sha),
            ["base_ref"] = null,
            ["compare"] = $"{html}/compare/{before[..12]}...{after[..12]}",
            ["commits"] = commits.TakeLast(MostCommits).ToJson(commit => CommitOf(world, repository, commit)),
            ["head_commit"] = head is null ? null : CommitOf(world, repository, head),
        };
        return json;
    }

    private static List<Commit> NewCommits(Repository repository, string reference, Commit head)
    {
        var known = repository.Heads
            .Where(other => $"refs/heads/{other.Key}" != reference)
            .SelectMany(other => repository.Objects.History(other.Value))
            .Select(commit => commit.Sha)
            .ToHashSet(StringComparer.Ordinal);
        return repository.Objects.History(head.Sha).Where(commit => !known.Contains(commit.Sha)).Reverse().ToList();
    }

    private static JsonObject RepositoryOf(GitHubWorld world, Repository repository)
    {
        var json = RepositoryJson.Of(world, repository);
        json["created_at"] = repository.CreatedAt.ToUnixTimeSeconds();
        json["pushed_at"] = repository.PushedAt.ToUnixTimeSeconds();
        json["owner"]!["name"] = repository.Owner.Login;
        json["owner"]!["email"] = repository.Owner.Email;
        json["stargazers"] = 0;
        json["master_branch"] = repository.DefaultBranch;
        return json;
    }

    private static JsonObject CommitOf(GitHubWorld world, Repository repository, Commit commit)
    {
        var changes = CommitJson.ChangesOf(repository, commit);
        var author = new JsonObject { ["name"] = commit.Author.Name, ["email"] = commit.Author.Email, ["username"] = commit.Author.Login };
        return new JsonObject
        {
            ["id"] = commit.Sha,
            ["tree_id"] = commit.TreeSha,
            ["distinct"] = true,
            ["message"] = commit.Message,
            ["timestamp"] = commit.Date.Iso(),
            ["url"] = $"{RepositoryJson.HtmlUrl(world.Urls, repository)}/commit/{commit.Sha}",
            ["author"] = author,
            ["committer"] = author.DeepClone(),
            ["added"] = Paths(changes, "added"),
            ["removed"] = Paths(changes, "removed"),
            ["modified"] = Paths(changes, "modified"),
        };
    }

    private static JsonArray Paths(IReadOnlyList<FileChange> changes, string status) =>
        changes.Where(change => change.Status == status).ToJson(change => JsonValue.Create(change.Path));
}
