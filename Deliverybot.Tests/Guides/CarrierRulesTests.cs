using System.Text.Json.Nodes;
using Deliverybot.Site.Pages.Config;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Guides;

/// <summary>Whether the play finds what would be wrong with a workflow.</summary>
public sealed class CarrierRulesTests
{
    private static readonly string Sound = new Guide("several-services").WorkflowTexts[0];

    [Theory]
    [InlineData(JobState.Well, "in_progress", "success")]
    [InlineData(JobState.Failed, "in_progress", "failure")]
    [InlineData(JobState.Cancelled, "in_progress", "failure")]
    public async Task The_guides_workflow_and_the_proposed_one_tell_how_it_ended(object own, params string[] states)
    {
        foreach (var text in new[] { Sound, StarterWorkflow.For([]) })
        {
            (await PlayAsync(text, (JobState)own)).Told.Select(status => status["state"]).ShouldBe(states);
        }
    }

    [Theory]
    [InlineData("on: deployment", "on: push", "one job runs for")]
    [InlineData("on: deployment", "on: deployment_status", "one job runs for")]
    [InlineData("payload.target == 'api'", "environment == 'production'", "one job runs for")]
    [InlineData("payload.target == 'web'", "payload.target != 'web'", "one job runs for")]
    [InlineData("payload.target == 'api'", "payload.target == 'api' && failure()", "one job runs for")]
    [InlineData("deployments: write", "deployments: read", "deployments: write")]
    [InlineData("contents: read", "contents: write", "contents: read")]
    [InlineData("!success()", "failure()", "Cancelled")]
    [InlineData("!success()", "false", "Failed")]
    [InlineData("if: success()", "if: always()", "Failed")]
    [InlineData("-f state=success", "-f state=done", "States")]
    [InlineData("-f state=in_progress", "-f state=queued", "Well")]
    [InlineData("/actions/runs/", "/actions/run/", "LogUrl")]
    [InlineData("GH_TOKEN: ", "TOKEN: ", "token")]
    [InlineData("deployment.sha", "deployment.ref", "what was decided")]
    [InlineData("actions/checkout@v5", "somebody/checkout@v5", "no action of anybody")]
    [InlineData("\"$STATUSES\"", "${{ env.STATUSES }}", "as code")]
    [InlineData("deployment.id }}/statuses", "deployment.id }}/status", "statuses")]
    public async Task What_would_be_wrong_is_found(string sound, string broken, string said)
    {
        Sound.ShouldContain(sound);
        var found = await Record.ExceptionAsync(async () =>
        {
            foreach (var own in Enum.GetValues<JobState>())
            {
                await PlayAsync(Sound.Replace(sound, broken, StringComparison.Ordinal), own);
            }
        });
        found.ShouldBeOfType<ShouldAssertException>().Message.ShouldContain(said);
    }

    [Theory]
    [InlineData("'a' == 'A'", true)]
    [InlineData("github.event.deployment.payload.nothing", false)]
    [InlineData("github.event.deployment.payload.nothing.deeper == null", true)]
    [InlineData("github.event.deployment.payload.share == '10'", true)]
    [InlineData("(true || false) && !false", true)]
    [InlineData("startsWith(github.event.deployment.environment, 'AP')", true)]
    [InlineData("${{ github.event.deployment.id != 7 }}", false)]
    public void Expressions_are_reckoned_as_GitHub_does(string condition, bool holds) =>
        new ActionsExpression(new JsonObject { ["github"] = Context() }, JobState.Well).Holds(condition).ShouldBe(holds);

    [Theory]
    [InlineData("hashFiles('a')")]
    [InlineData("needs.build.result")]
    [InlineData("1 < 2")]
    [InlineData("(true")]
    public void What_is_not_read_is_said(string condition) =>
        Should.Throw<NotSupportedException>(() => new ActionsExpression(new JsonObject { ["github"] = Context() }, JobState.Well).Holds(condition));

    private static Task<(IReadOnlyList<Dictionary<string, string>> Told, IReadOnlyList<string> Scripts)> PlayAsync(string text, JobState own) =>
        CarrierRules.PlayAsync([Workflow.Read(text)], Context(), own);

    private static JsonObject Context() => new()
    {
        ["event_name"] = "deployment",
        ["event"] = new JsonObject
        {
            ["action"] = "created",
            ["deployment"] = new JsonObject { ["id"] = 7, ["environment"] = "api", ["sha"] = "1a2b", ["ref"] = "main", ["payload"] = new JsonObject { ["target"] = "api", ["share"] = 10 } },
        },
        ["repository"] = "acme/shop",
        ["server_url"] = "https://github.com",
        ["run_id"] = 1,
        ["sha"] = "1a2b",
    };
}
