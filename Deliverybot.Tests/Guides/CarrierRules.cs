using System.Text.Json.Nodes;
using Shouldly;

namespace Deliverybot.Tests.Guides;

/// <summary>What a workflow has to do that carries deployments out.</summary>
internal static class CarrierRules
{
    private static readonly string[] States = ["error", "failure", "in_progress", "queued", "pending", "success"];

    public static string LogUrl(JsonNode github) => $"{github["server_url"]}/{github["repository"]}/actions/runs/{github["run_id"]}";

    /// <summary>Of all jobs exactly one carries the deployment out.</summary>
    /// <returns>The statuses that it tells, each by the API's fields (<see href="https://docs.github.com/rest/deployments/statuses#create-a-deployment-status"/>), and how it called the repository's own scripts.</returns>
    public static async Task<(IReadOnlyList<Dictionary<string, string>> Told, IReadOnlyList<string> Scripts)> PlayAsync(IEnumerable<Workflow> workflows, JsonObject github, JobState own)
    {
        var deployment = github["event"]!["deployment"]!;
        var jobs = workflows.Select(workflow => (Workflow: workflow, Run: new WorkflowRun(workflow, github, own))).SelectMany(one => one.Run.Jobs.Select(job => (one.Workflow, one.Run, Job: job)));
        var (workflow, run, job) = jobs.ShouldHaveSingleItem($"one job runs for {deployment["environment"]}");
        workflow.Permissions.OrderBy(permission => permission.Key).Select(permission => $"{permission.Key}: {permission.Value}").ShouldBe(["contents: read", "deployments: write"]);
        await run.PlayAsync(job);
        var told = run.GhCalls.Select(call => Read(call, $"repos/{github["repository"]}/deployments/{deployment["id"]}/statuses")).ToList();
        told.ShouldAllBe(status => States.Contains(status["state"]) && status["log_url"] == LogUrl(github));
        told.Select(status => status["state"]).ShouldBe(["in_progress", own == JobState.Well ? "success" : "failure"], $"where its own script is {own}");
        run.OwnCalls.ShouldNotBeEmpty();
        return (told, run.OwnCalls);
    }

    // gh api [--silent] PATH -f name=value …, which is a POST.
    private static Dictionary<string, string> Read(string[] call, string statuses)
    {
        call[0].ShouldBe("api");
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var path = new List<string>();
        for (var index = 1; index < call.Length; index++)
        {
            switch (call[index])
            {
                case "--silent":
                    break;
                case "-f":
                    var field = call[++index].Split('=', 2);
                    fields.Add(field[0], field[1]);
                    break;
                default:
                    path.Add(call[index]);
                    break;
            }
        }

        path.ShouldHaveSingleItem().ShouldBe(statuses);
        return fields;
    }
}
