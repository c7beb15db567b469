using System.Text.Json;
using System.Text.Json.Nodes;

namespace Deliverybot.Benchmarks.GitHubEvents;

/// <summary>The body of a <c>status</c> webhook (https://docs.github.com/webhooks/webhook-events-and-payloads#status).</summary>
internal static class StatusPayload
{
    public static byte[] Of(BranchPush commit, string context)
    {
        var repository = commit.Repository;
        var api = $"https://api.github.com/repos/{repository.FullName}";
        var branch = new JsonObject
        {
            ["name"] = commit.Branch,
            ["commit"] = new JsonObject { ["sha"] = commit.Sha.Value, ["url"] = $"{api}/commits/{commit.Sha}" },
            ["protected"] = false,
        };
        return JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["id"] = 88_001,
            ["sha"] = commit.Sha.Value,
            ["name"] = repository.FullName,
            ["target_url"] = $"https://ci.example.com/{repository.FullName}/{commit.Branch}",
            ["avatar_url"] = null,
            ["context"] = context,
            ["description"] = "Build passed in 3m 12s",
            ["state"] = "success",
            ["commit"] = Commit(commit, api),
            ["branches"] = new JsonArray(branch),
            ["created_at"] = "2026-11-01T08:05:00+00:00",
            ["updated_at"] = "2026-11-01T08:05:00+00:00",
            ["repository"] = RepositoryPayload.Of(repository),
            ["organization"] = UserPayload.Organization(),
            ["sender"] = UserPayload.Developer(),
            ["installation"] = UserPayload.Installation(),
        });
    }

    private static JsonObject Commit(BranchPush commit, string api) => new()
    {
        ["sha"] = commit.Sha.Value,
        ["node_id"] = $"C_{commit.Sha}",
        ["commit"] = new JsonObject
        {
            ["author"] = UserPayload.Signature(),
            ["committer"] = UserPayload.Signature(),
            ["message"] = $"Make {commit.Branch} better",
            ["tree"] = new JsonObject { ["sha"] = commit.Sha.Value, ["url"] = $"{api}/git/trees/{commit.Sha}" },
            ["url"] = $"{api}/git/commits/{commit.Sha}",
            ["comment_count"] = 0,
        },
        ["url"] = $"{api}/commits/{commit.Sha}",
        ["author"] = UserPayload.Developer(),
        ["committer"] = UserPayload.Developer(),
        ["parents"] = new JsonArray(),
    };
}
