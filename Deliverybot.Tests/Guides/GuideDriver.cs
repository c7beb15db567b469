using System.Net;
using System.Text.Json.Nodes;
using Deliverybot.Data.Deploying;
using Deliverybot.Sandbox.Rendering;
using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs;
using Deliverybot.Tests.Site;
using Shouldly;
using Deployment = Deliverybot.Sandbox.World.Deployment;

namespace Deliverybot.Tests.Guides;

/// <summary>A repository that has what a guide has one paste: what is pushed is decided by the product, and carried out by the guide's workflows.</summary>
internal sealed class GuideDriver(House house, string name)
{
    public Guide Guide { get; } = new(name);

    public RepositoryDriver Shop { get; } = new(house, new Guide(name).DeployFile);

    private Repository Repository => Shop.Repository;

    public async Task<string> PushAsync(string message, string branch = "main")
    {
        var sha = Shop.Push(message, branch);
        await Shop.SettleAsync();
        return sha;
    }

    public async Task ShouldWaitAsync(string target, string sha, string sentence)
    {
        var row = (await Shop.RowsAsync()).FindLast(row => row.Target.Value == target && row.Sha.Value == sha).ShouldNotBeNull($"{target} {sha}");
        row.State.ShouldBe(DeploymentState.Waiting, $"{target}: {row.Reason}");
        row.Reason!.ToString().ShouldBe(sentence);
    }

    /// <summary>The environment's last deployment that succeeded is of that commit. GitHub tells times in whole seconds.</summary>
    public async Task ShouldBeLiveAsync(string environment, string sha)
    {
        var live = (await Shop.RowsAsync()).Where(row => row.Environment.Value == environment && row.SucceededAt is not null).MaxBy(row => (row.SucceededAt, row.Id.Value)).ShouldNotBeNull();
        (live.Sha.Value, live.State).ShouldBe((sha, DeploymentState.Success));
    }

    /// <summary>A form of the pages, by ada; what is refused answers with its sentence.</summary>
    public async Task<(HttpStatusCode Status, string Text)> PressAsync(string act, params (string Name, string Value)[] fields)
    {
        using var ada = await house.SignInAsync("ada");
        using var answer = await ada.PostFormAsync($"/{Repository.FullName}/{act}", fields);
        var page = await answer.ReadPageAsync();
        await Shop.SettleAsync();
        return (answer.StatusCode, page.Body?.TextContent ?? "");
    }

    /// <summary>
    /// GitHub runs the workflows for the environment's newest deployment. One job carries it out, tells that it has begun and, whatever comes of
    /// it, how it ended; what it tells reaches the stand-in.
    /// </summary>
    /// <returns>How the repository's own scripts were called.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(string environment, string sha, JobState own = JobState.Well)
    {
        var made = Shop.World.Read(_ => Repository.Deployments.Last(made => made.Environment == environment));
        (made.Sha, made.Statuses.Count).ShouldBe((sha, 0));
        foreach (var otherwise in Enum.GetValues<JobState>().Where(state => state != own))
        {
            await PlayAsync(made, otherwise);
        }

        var (told, scripts) = await PlayAsync(made, own);
        foreach (var status in told)
        {
            Shop.World.SetDeploymentStatus(Repository, made, status["state"], logUrl: status["log_url"], environmentUrl: status.GetValueOrDefault("environment_url", ""));
        }

        await Shop.SettleAsync();
        var row = (await Shop.RowsAsync()).Single(row => row.GitHubId?.Value == made.Id);
        row.State.ShouldBe(own == JobState.Well ? DeploymentState.Success : DeploymentState.Failure);
        row.LogUrl.ShouldBe(CarrierRules.LogUrl(Context(made)));
        return scripts;
    }

    /// <summary>The pull request is closed at GitHub: what its workflows run.</summary>
    public async Task<IReadOnlyList<string>> CloseAsync(PullRequest pull)
    {
        Shop.World.ClosePullRequest(Repository, pull, house.Ada);
        await Shop.SettleAsync();
        var closed = Shop.World.Read(world => new JsonObject { ["action"] = "closed", ["pull_request"] = PullRequestJson.Of(world, Repository, pull) });
        var scripts = new List<string>();
        foreach (var workflow in Guide.Workflows)
        {
            var run = new WorkflowRun(workflow, GitHubContext("pull_request_target", closed, Shop.World.Read(_ => Repository.Head)), JobState.Well);
            foreach (var job in run.Jobs)
            {
                workflow.Permissions.ShouldBe([KeyValuePair.Create("contents", "read")]);
                await run.PlayAsync(job);
            }

            scripts.AddRange(run.OwnCalls);
        }

        return scripts;
    }

    private Task<(IReadOnlyList<Dictionary<string, string>> Told, IReadOnlyList<string> Scripts)> PlayAsync(Deployment made, JobState own) =>
        CarrierRules.PlayAsync(Guide.Workflows, Context(made), own);

    private JsonObject Context(Deployment made) => GitHubContext(
        "deployment", Shop.World.Read(world => new JsonObject { ["action"] = "created", ["deployment"] = DeploymentJson.Of(world, Repository, made) }), made.Sha);

    private JsonObject GitHubContext(string name, JsonObject happened, string sha) => new()
    {
        ["event_name"] = name,
        ["event"] = happened.DeepClone(),
        ["repository"] = Repository.FullName,
        ["server_url"] = "https://github.com",
        ["run_id"] = 4711,
        ["sha"] = sha,
    };
}
