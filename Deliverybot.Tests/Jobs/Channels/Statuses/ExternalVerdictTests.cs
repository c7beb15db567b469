using System.Text.Json;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Events.Deployments;
using Deliverybot.Jobs.Events.Shapes;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Channels.Statuses;

public sealed class ExternalVerdictTests
{
    private const string Push = "push";
    private const string Pull = "pull_request";

    [Theory]
    // Where no target has the key, a pull request's job counts in previews alone.
    [InlineData("production: {}", "production", Push, true)]
    [InlineData("production: {}", "Production", Pull, false)]
    [InlineData("staging: { environment: staging }", "staging", Pull, false)]
    [InlineData("staging: { environment: staging }", "STAGING", "pull_request_review_comment", false)]
    [InlineData("review: { environment: review, transient_environment: true }", "review", Pull, true)]
    [InlineData("review: { environment: 'review-${{ pr }}' }", "review-12", Pull, true)]
    [InlineData("live: { environment: 'live-${{ ref }}', production_environment: true }", "live-eu", Pull, false)]
    [InlineData("staging: { environment: staging }", "elsewhere", Pull, true)]
    [InlineData("staging: { environment: staging }", "production", Pull, false)]
    [InlineData("staging: { environment: '${{ ref }}' }", "production", Pull, false)]
    // With the key the key decides.
    [InlineData("p: { external: false }", "production", Push, false)]
    [InlineData("p: { external: {} }", "production", Push, true)]
    [InlineData("p: { external: {} }", "production", Pull, false)]
    [InlineData("p: { external: { events: [pull_request] } }", "production", Pull, true)]
    [InlineData("p: { external: { events: [pull_request] } }", "production", Push, false)]
    [InlineData("p: { external: { events: push } }", "production", null, true)]
    [InlineData("p: { external: { tasks: migrate } }", "production", Push, false)]
    [InlineData("p: { external: { creators: ADA } }", "production", Push, true)]
    [InlineData("p: { external: { creators: grace } }", "production", Push, false)]
    // Of several targets each may object.
    [InlineData("p: { external: {} }\ncanary: { external: false }", "production", Push, false)]
    [InlineData("p: {}\ncanary: { external: { events: pull_request } }", "production", Pull, true)]
    // A file with faults, and none.
    [InlineData("p: [", "staging", Pull, false)]
    [InlineData("p: [", "staging", Push, true)]
    [InlineData("", "production", Pull, false)]
    [InlineData("", "staging", Pull, true)]
    public void What_counts(string file, string environment, string? runsFor, bool counts) =>
        (ExternalVerdict.WhyNot(State(file), Told(environment) with { Run = new EventWorkflowRun(runsFor is not null, runsFor) }) is null).ShouldBe(counts);

    [Theory]
    [InlineData("refs/pull/12/merge", false)]
    [InlineData("pull/12/head", false)]
    [InlineData("pull/12/merged", true)]
    [InlineData("main", true)]
    public void A_pull_requests_ref_tells_it_too(string named, bool counts) =>
        (ExternalVerdict.WhyNot(State("production: {}"), Told("production", named)) is null).ShouldBe(counts);

    [Theory]
    [InlineData("""{"event":"push"}""", true, "push")]
    [InlineData("""{"event":7}""", true, null)]
    [InlineData("""{}""", true, null)]
    [InlineData("null", false, null)]
    [InlineData("\"push\"", false, null)]
    public void A_run_is_read_whatever_it_is(string json, bool isKnown, string? expected)
    {
        using var document = JsonDocument.Parse(json);

        EventWorkflowRun.Of(document.RootElement).ShouldBe(new EventWorkflowRun(isKnown, expected));
    }

    private static DeployFileState State(string file) => file switch
    {
        "" => new DeployFileState.Absent(),
        _ => DeployFileParser.Parse(System.Text.Encoding.UTF8.GetBytes(file)) switch
        {
            DeployFileResult.Valid valid => new DeployFileState.Valid(valid.Targets),
            DeployFileResult.Invalid invalid => new DeployFileState.Invalid(invalid.Errors),
            var other => throw new InvalidOperationException($"{other}"),
        },
    };

    private static SeenDeployment Told(string environment, string named = "tea") => new(
        new GitHubDeploymentId(1),
        new CommitSha(new string('a', 40)),
        named,
        new EnvironmentName(environment),
        Somebody.Called("ada"),
        DateTimeOffset.UnixEpoch,
        Payload: default,
        Run: default)
    {
        ProductionEnvironment = false,
        TransientEnvironment = false,
    };
}
