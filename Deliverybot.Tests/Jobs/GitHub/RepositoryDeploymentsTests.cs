using System.Net;
using System.Text.Json.Nodes;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Deployments;
using Shouldly;
using Xunit;
using static Deliverybot.Tests.Jobs.GitHub.GitHubDriver;
using static Deliverybot.Tests.Jobs.GitHub.ScriptedGitHub;

namespace Deliverybot.Tests.Jobs.GitHub;

public sealed class RepositoryDeploymentsTests : IAsyncLifetime
{
    private static readonly NewDeployment Production = new()
    {
        Sha = Sha,
        Correlation = new DeploymentId(99),
        Environment = new EnvironmentName("production"),
    };

    private GitHubDriver _driver = null!;

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _driver = await StartAsync();

    public ValueTask DisposeAsync() => _driver.DisposeAsync();

    [Fact]
    public async Task Created_carries_what_GitHub_resolved()
    {
        var other = new CommitSha(new string('f', 40));
        Answer(201, $$"""{"id":5000000000,"sha":"{{other}}","created_at":"2026-05-01T12:00:05Z","payload":{"target":"production"} }""");

        var created = await CreateAsync(Production);

        created.ShouldBe(new DeploymentCreation.Created(
            new GitHubDeploymentId(5_000_000_000), other, new DateTimeOffset(2026, 5, 1, 12, 0, 5, TimeSpan.Zero)));
    }

    [Fact]
    public async Task A_202_is_a_merge_and_no_deployment()
    {
        Answer(202, """{"message":"Auto-merged main into topic on deployment."}""");

        (await CreateAsync(Production)).ShouldBe(new DeploymentCreation.Merged("Auto-merged main into topic on deployment."));
    }

    [Fact]
    public async Task A_409_over_contexts_names_each_with_its_state()
    {
        Answer(409, """
            {"message":"Conflict: Commit status checks failed for main.","errors":[{"contexts":[{"context":"ci/build","state":"pending"},{"context":"lint"}],"resource":"Deployment","field":"required_contexts","code":"invalid"}]}
            """);

        var unmet = (await CreateAsync(Production)).ShouldBeOfType<DeploymentCreation.ContextsUnmet>();

        unmet.Contexts.ShouldBe([new UnmetContext("ci/build", "pending"), new UnmetContext("lint", "missing")]);
        unmet.Message.ShouldBe("Conflict: Commit status checks failed for main.");
    }

    [Fact]
    public async Task A_409_over_contexts_without_details_is_still_one()
    {
        Answer(409, """{"message":"Conflict: Commit status checks failed for main."}""");

        (await CreateAsync(Production)).ShouldBeOfType<DeploymentCreation.ContextsUnmet>().Contexts.ShouldBeNull();
    }

    [Fact]
    public async Task A_409_over_a_merge_is_a_merge_conflict()
    {
        Answer(409, """{"message":"Conflict merging main into topic."}""");

        (await CreateAsync(Production)).ShouldBe(new DeploymentCreation.MergeConflict("Conflict merging main into topic."));
    }

    [Theory]
    [InlineData(403, "Resource not accessible by integration")]
    [InlineData(404, "Not Found")]
    [InlineData(409, "Git Repository is empty.")]
    [InlineData(422, "No ref found for: topic")]
    public async Task Any_other_no_is_a_refusal_in_GitHubs_words(int status, string words)
    {
        Answer(status, $$"""{"message":"{{words}}"}""");

        (await CreateAsync(Production)).ShouldBe(new DeploymentCreation.Refused((HttpStatusCode)status, words));
    }

    [Fact]
    public async Task All_is_sent_that_GitHub_would_otherwise_fill_in_by_itself()
    {
        Answer(422, "{}");

        await CreateAsync(Production with
        {
            Description = new string('d', 150),
            Payload = new JsonObject { ["target"] = "production", ["deliverybot"] = "mine", ["deep"] = new JsonObject { ["list"] = new JsonArray(1, null, "ü") } },
        });

        JsonNode.DeepEquals(Sent(), JsonNode.Parse($$"""
            {
              "ref": "{{Sha}}", "task": "deploy", "environment": "production", "description": "{{new string('d', 140)}}",
              "auto_merge": false, "transient_environment": false, "production_environment": false, "required_contexts": [],
              "payload": { "target": "production", "deep": { "list": [1, null, "ü"] }, "deliverybot": 99 }
            }
            """)).ShouldBeTrue(Sent().ToJsonString());
    }

    [Fact]
    public async Task A_branch_is_named_in_short()
    {
        Answer(422, "{}");

        await CreateAsync(Production with { Ref = GitRef.Branch("release/1.0"), RequiredContexts = ["ci"], ProductionEnvironment = true });

        Sent()["ref"]!.GetValue<string>().ShouldBe("release/1.0");
        Sent()["required_contexts"]!.ToJsonString().ShouldBe("""["ci"]""");
        Sent()["production_environment"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task What_an_unknown_outcome_left_behind_is_found_on_whichever_page_it_is()
    {
        var next = new Uri(_driver.GitHub.Url, $"{ShopRoute}/deployments?page=2");
        _driver.GitHub.On(
            $"GET {ShopRoute}/deployments",
            Json(200, $"[{Deployment(1, "98")},{Deployment(2, "\"99\"")}]", ("Link", $"<{next}>; rel=\"next\", <{next}>; rel=\"last\"")),
            Json(200, $"[{Deployment(3, "99")}]"));

        var found = await _driver.Repository.Deployments.FindByCorrelationAsync(
            new DeploymentId(99), new DeploymentFilter(new EnvironmentName("my env"), Sha), DateTimeOffset.MinValue, Ended);

        found.ShouldNotBeNull().Id.ShouldBe(new GitHubDeploymentId(3));
        _driver.GitHub.Requests.Select(request => request.Query).ShouldBe(
            [$"?per_page=100&environment=my%20env&sha={Sha}", "?page=2"]);
    }

    [Fact]
    public async Task A_next_page_on_another_host_is_not_asked_for()
    {
        _driver.GitHub.On($"GET {ShopRoute}/deployments", Json(200, "[]", ("Link", "<http://127.0.0.2:1/steal>; rel=\"next\"")));

        (await _driver.Repository.Deployments.FindByCorrelationAsync(new DeploymentId(1), new DeploymentFilter(), DateTimeOffset.MinValue, Ended)).ShouldBeNull();
    }

    [Fact]
    public async Task A_status_is_written_in_GitHubs_words()
    {
        _driver.GitHub.On($"POST {ShopRoute}/deployments/5/statuses", Json(201, "{}"));

        (await _driver.Repository.Deployments.CreateStatusAsync(
            new GitHubDeploymentId(5), new NewDeploymentStatus(GitHubDeploymentState.InProgress, LogUrl: new Uri("https://ci.example/1")), Ended)).ShouldBeTrue();

        _driver.GitHub.Requests.ShouldHaveSingleItem().Body.ShouldBe("""{"state":"in_progress","log_url":"https://ci.example/1"}""");
    }

    private static string Deployment(int id, string correlation) => $$"""
        {"id":{{id}},"sha":"{{Sha}}","ref":"main","task":"deploy","environment":"production","created_at":"2026-05-01T12:00:00Z","payload":{"deliverybot":{{correlation}} } }
        """;

    private void Answer(int status, string body) => _driver.GitHub.On($"POST {ShopRoute}/deployments", Json(status, body));

    private Task<DeploymentCreation> CreateAsync(NewDeployment deployment) => _driver.Repository.Deployments.CreateAsync(deployment, Ended);

    private JsonObject Sent() => JsonNode.Parse(_driver.GitHub.Requests.ShouldHaveSingleItem().Body)!.AsObject();
}
