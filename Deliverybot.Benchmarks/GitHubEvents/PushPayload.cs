using System.Text.Json;
using System.Text.Json.Nodes;

namespace Deliverybot.Benchmarks.GitHubEvents;

/// <summary>The body of a <c>push</c> webhook (https://docs.github.com/webhooks/webhook-events-and-payloads#push).</summary>
internal static class PushPayload
{
    /// <param name="push">What was pushed.</param>
    /// <param name="sent">Told along, if anything: what makes a delivery differ from another of the same push.</param>
    public static byte[] Of(BranchPush push, string? sent = null)
    {
        var page = $"https://github.com/{push.Repository.FullName}";
        return JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["ref"] = $"refs/heads/{push.Branch}",
            ["before"] = CommitSha.None.Value,
            ["after"] = push.Sha.Value,
            ["repository"] = Pushed(push.Repository),
            ["pusher"] = new JsonObject { ["name"] = "octo-developer", ["email"] = "octo-developer@users.noreply.github.com" },
            ["organization"] = UserPayload.Organization(),
            ["sent"] = sent,
            ["sender"] = UserPayload.Developer(),
            ["installation"] = UserPayload.Installation(),
            ["created"] = true,
            ["deleted"] = false,
            ["forced"] = false,
            ["base_ref"] = null,
            ["compare"] = $"{page}/commit/{push.Sha.Value[..12]}",
            ["commits"] = new JsonArray(Commit(push, page)),
            ["head_commit"] = Commit(push, page),
        });
    }

    /// <summary>Pushed just now, else the Site would take it for too old.</summary>
    private static JsonObject Pushed(LoadRepository repository)
    {
        var json = RepositoryPayload.Of(repository);
        json["pushed_at"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return json;
    }

    private static JsonObject Commit(BranchPush push, string page) => new()
    {
        ["id"] = push.Sha.Value,
        ["tree_id"] = push.Sha.Value,
        ["distinct"] = true,
        ["message"] = $"Make {push.Branch} better\n\nThe reason for it takes a sentence or two, as it does in most repositories.",
        ["timestamp"] = "2026-11-01T09:00:00+01:00",
        ["url"] = $"{page}/commit/{push.Sha}",
        ["author"] = UserPayload.Signature(),
        ["committer"] = UserPayload.Signature(),
        ["added"] = new JsonArray("src/Orders/OrderTotal.cs"),
        ["removed"] = new JsonArray(),
        ["modified"] = new JsonArray("src/Orders/Order.cs", "tests/Orders/OrderTotalTests.cs"),
    };
}
