using System.Diagnostics;
using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Deliverybot.Sandbox.Faults;
using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Site;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Promises;

/// <summary>Nobody's load holds up somebody else's deployment.</summary>
public sealed class HeldUpTests(House house) : IClassFixture<House>
{
    private const int Posts = 160;

    /// <summary>In as many repositories: three times the workers, so that none is left without a share of its own.</summary>
    private const int Comments = 60;

    /// <summary>Beside the reserved ones.</summary>
    private const int Workers = 20;

    /// <summary>
    /// Two seconds are promised of a machine that does this alone. Tests share theirs with each other; held up, it took minutes.
    /// </summary>
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(10);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Under_160_posts_and_60_hostile_comments_another_owners_push_goes_out()
    {
        var shop = house.CreateRepository("production:\n  environment: production\n");
        var mallory = house.World.CreateUser("mallory");
        var others = house.World.CreateUser("bea");
        house.World.Install(mallory);
        house.World.Install(others);
        var quiet = house.World.CreateRepository(others, "quiet", Files("production:\n  auto_deploy_on: refs/heads/main\n"));
        using var ada = await house.SignInAsync("ada");
        var pulls = Enumerable.Range(0, Comments).Select(at => PullOf(mallory, $"hostile-{at}")).ToList();
        await house.World.Webhooks.WaitUntilDeliveredAsync(Stop);

        // For mallory GitHub is slow: each of the comments occupies a worker for a good while.
        house.GitHub.Faults.Add(new FaultRule { Owner = "mallory", Latency = TimeSpan.FromSeconds(3) });
        house.GitHub.Faults.Add(new FaultRule { Owner = "acme", Method = "POST", Route = "/repos/{owner}/{repo}/deployments", Latency = TimeSpan.FromMilliseconds(500) });
        var names = string.Join(',', Enumerable.Range(0, 2000).Select(at => $"t{at}"));
        foreach (var (repository, pull) in pulls)
        {
            house.World.Comment(repository, pull.Number, mallory, $"/deploy {names}");
        }

        await house.World.Webhooks.WaitUntilDeliveredAsync(Stop);
        var (fields, head) = (await FormAsync(ada), shop.Branches["main"]);
        var posts = Enumerable.Range(0, Posts).Select(_ => PostAsync(ada, shop, head, fields)).ToList();
        await Task.WhenAny(posts);

        var began = Stopwatch.GetTimestamp();
        house.World.Push(quiet, "main", others, "Sell tea");
        await house.EventuallyAsync(() => Task.FromResult(house.World.Read(_ => quiet.Deployments.Count) == 1), "the push is deployed");
        var took = Stopwatch.GetElapsedTime(began);
        using (var health = await house.Site.GetAsync("/_/health/ready", Stop))
        {
            health.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        var healthy = Stopwatch.GetElapsedTime(began) - took;
        var statuses = (await Task.WhenAll(posts)).CountBy(status => status).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"push to GitHub {took.TotalMilliseconds:0} ms, health {healthy.TotalMilliseconds:0} ms, posts {string.Join(", ", statuses.Select(count => $"{count.Value} x {(int)count.Key}"))}");
        house.GitHub.Faults.Clear();
        took.ShouldBeLessThan(Promised);
        statuses.Select(count => count.Key).ShouldAllBe(status => status == HttpStatusCode.SeeOther || status == HttpStatusCode.Conflict);
        statuses.ShouldContain(count => count.Key == HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task Behind_a_backlog_a_few_pushes_of_another_owner_at_once_all_go_out()
    {
        var trudy = house.World.CreateUser("trudy");
        var others = house.World.CreateUser("cleo");
        house.World.Install(trudy);
        house.World.Install(others);
        List<Repository> quiet = [.. Enumerable.Range(0, 6).Select(at => house.World.CreateRepository(others, $"calm-{at}", Files("production:\n  auto_deploy_on: refs/heads/main\n")))];
        var pulls = Enumerable.Range(0, 2 * Comments).Select(at => PullOf(trudy, $"backlog-{at}")).ToList();
        await house.World.Webhooks.WaitUntilDeliveredAsync(Stop);
        house.GitHub.Faults.Add(new FaultRule { Owner = "trudy", Latency = TimeSpan.FromSeconds(3) });
        house.GitHub.Faults.Add(new FaultRule { Owner = "cleo", Latency = TimeSpan.FromMilliseconds(300) });
        foreach (var (repository, pull) in pulls)
        {
            house.World.Comment(repository, pull.Number, trudy, "/deploy production");
        }

        await house.World.Webhooks.WaitUntilDeliveredAsync(Stop);
        await house.EventuallyAsync(async () => await WorkingAsync() >= Workers, "trudy has all workers that anybody may have");

        var began = Stopwatch.GetTimestamp();
        quiet.ForEach(repository => house.World.Push(repository, "main", others, "Sell tea"));
        var took = new List<TimeSpan>();
        foreach (var repository in quiet)
        {
            await house.EventuallyAsync(() => Task.FromResult(house.World.Read(_ => repository.Deployments.Count) == 1), "the push is deployed");
            took.Add(Stopwatch.GetElapsedTime(began));
        }

        house.GitHub.Faults.Clear();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", took.Select(each => $"{each.TotalMilliseconds:0} ms")));
        took[^1].ShouldBeLessThan(2 * Promised);
    }

    private async Task<long> WorkingAsync()
    {
        await using var command = house.Database.Source.CreateCommand("select count(*) from hangfire.job where statename = 'Processing'");
        return (long)(await command.ExecuteScalarAsync(Stop))!;
    }

    private static Dictionary<string, string> Files(string deployFile) => new() { ["README.md"] = "# Quiet\n", [".github/deploy.yml"] = deployFile };

    private (Repository Repository, PullRequest Pull) PullOf(Account owner, string name)
    {
        var repository = house.World.CreateRepository(owner, name, Files("production:\n  environment: production\n"));
        house.World.Push(repository, "tea", owner, "Sell tea");
        return (repository, house.World.OpenPullRequest(repository, "tea", owner, "Sell tea"));
    }

    private static async Task<string> FormAsync(HttpClient visitor) =>
        (await visitor.OpenAsync("/_/settings")).QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value;

    private static async Task<HttpStatusCode> PostAsync(HttpClient visitor, Repository repository, string sha, string token)
    {
        using var content = new FormUrlEncodedContent(
            [KeyValuePair.Create("target", "production"), KeyValuePair.Create("sha", sha), KeyValuePair.Create("__RequestVerificationToken", token)]);
        using var answer = await visitor.PostAsync($"/{repository.FullName}/deploy", content, Stop);
        return answer.StatusCode;
    }
}
