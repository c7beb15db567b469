using System.Text.Json;
using System.Text.Json.Nodes;

namespace Deliverybot.Benchmarks.GitHubEvents;

/// <summary>The body of a <c>check_run</c> webhook (https://docs.github.com/webhooks/webhook-events-and-payloads#check_run).</summary>
internal static class CheckRunPayload
{
    public static byte[] Of(BranchPush commit, string name)
    {
        var api = $"https://api.github.com/repos/{commit.Repository.FullName}";
        return JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["action"] = "completed",
            ["check_run"] = new JsonObject
            {
                ["id"] = 66_001,
                ["node_id"] = "CR_kwDO66001",
                ["name"] = name,
                ["head_sha"] = commit.Sha.Value,
                ["external_id"] = "ci",
                ["url"] = $"{api}/check-runs/66001",
                ["html_url"] = $"https://github.com/{commit.Repository.FullName}/runs/66001",
                ["status"] = "completed",
                ["conclusion"] = "success",
                ["started_at"] = "2026-11-01T08:01:00Z",
                ["completed_at"] = "2026-11-01T08:05:00Z",
                ["output"] = new JsonObject { ["title"] = "Passed", ["summary"] = "842 tests", ["annotations_count"] = 0 },
                ["check_suite"] = new JsonObject
                {
                    ["id"] = 55_001,
                    ["head_branch"] = commit.Branch,
                    ["head_sha"] = commit.Sha.Value,
                    ["status"] = "completed",
                    ["conclusion"] = "success",
                    ["url"] = $"{api}/check-suites/55001",
                    ["before"] = CommitSha.None.Value,
                    ["after"] = commit.Sha.Value,
                    ["pull_requests"] = new JsonArray(),
                    ["app"] = App(),
                },
                ["app"] = App(),
                ["pull_requests"] = new JsonArray(),
            },
            ["repository"] = RepositoryPayload.Of(commit.Repository),
            ["organization"] = UserPayload.Organization(),
            ["sender"] = UserPayload.Developer(),
            ["installation"] = UserPayload.Installation(),
        });
    }

    private static JsonObject App() => new()
    {
        ["id"] = 15_368,
        ["slug"] = "github-actions",
        ["name"] = "GitHub Actions",
        ["owner"] = UserPayload.Organization(),
    };
}
