using Deliverybot.Data.Names;
using Deliverybot.Jobs.Events.Rules;
using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;
using Hangfire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Events.Rules;

/// <summary>A pull request from a fork is told whether its <c>deploy.yml</c> is sound; none of its rules is followed.</summary>
public sealed class ForkRulesTests(House house) : IClassFixture<House>
{
    private const string Rules = "review:\n  auto_deploy_on: pr\n";
    private const string Config = "deliverybot/config";

    [Theory]
    [InlineData("review: {}\nmore: {}\n", "success: 2 targets")]
    [InlineData("review:\n  task: 7.5.1\n  tusk: deploy\n", "failure: ")]
    public async Task A_changed_file_is_judged_at_the_head_and_nothing_is_deployed(string file, string beginning)
    {
        var (shop, sha) = await OpenAsync(new Dictionary<string, string?> { [".github/deploy.yml"] = file });

        await house.EventuallyAsync(() => Task.FromResult(shop.StatusesOf(sha, Config).Count > 0), "the head is told");
        shop.StatusesOf(sha, Config).ShouldHaveSingleItem().ShouldStartWith(beginning);
        shop.Calls.ShouldBe([RepositoryDriver.Query, RepositoryDriver.Contents, RepositoryDriver.WriteStatus]);
        shop.Deployed.ShouldBeEmpty();
        (await shop.RowsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_pull_request_that_leaves_the_file_alone_costs_one_call_however_many_files_it_changes()
    {
        var (shop, sha) = await OpenAsync(Enumerable.Range(0, 350).ToDictionary(number => $"tea-{number}.txt", string? (_) => "Tea"));

        await AskedAsync(shop);
        await LookAsync(shop);
        shop.StatusesOf(sha, Config).ShouldBeEmpty();
        shop.Calls.ShouldBe([RepositoryDriver.Query, RepositoryDriver.Query]);
    }

    [Fact]
    public async Task However_often_somebody_pushes_to_a_fork_it_is_looked_at_once_in_ten_minutes()
    {
        var (shop, _) = await OpenAsync(new Dictionary<string, string?> { ["tea.txt"] = "Tea" });
        await AskedAsync(shop);

        var last = "";
        for (var push = 0; push < 20; push++)
        {
            last = Push(shop, push == 19 ? "review:\n  tusk: deploy\n" : Rules + $"# {push}\n");
            await shop.SettleAsync();
        }

        shop.Calls.ShouldBe([RepositoryDriver.Query]);
        PlannedFor(shop).ShouldBe(1);
        await LookAsync(shop);
        shop.StatusesOf(last, Config).ShouldHaveSingleItem().ShouldStartWith("failure: ");
    }

    [Fact]
    public async Task The_branch_that_it_goes_to_may_change_the_file_meanwhile_and_may_be_merged()
    {
        var (shop, _) = await OpenAsync(new Dictionary<string, string?> { ["tea.txt"] = "Tea" });
        shop.PushDeployFile(Rules + "more: {}\n");
        await shop.SettleAsync();
        var behind = Push(shop, null, "more-tea.txt");
        await LookAsync(shop);
        shop.StatusesOf(behind, Config).ShouldBeEmpty();

        var merged = Push(shop, Rules + "more: {}\n");
        await LookAsync(shop);
        shop.StatusesOf(merged, Config).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_misnamed_file_is_told_and_a_workflow_is_not()
    {
        var (shop, sha) = await OpenAsync(new Dictionary<string, string?> { [".github/deploy.yaml"] = Rules, [".github/deploy.yml"] = null });
        await house.EventuallyAsync(() => Task.FromResult(shop.StatusesOf(sha, Config).Count > 0), "the head is told");
        shop.StatusesOf(sha, Config).ShouldHaveSingleItem().ShouldStartWith("failure: .github/deploy.yaml isn't read");

        var workflow = Push(shop, "on: push\njobs: { build: { runs-on: x } }\n");
        await LookAsync(shop);
        shop.StatusesOf(workflow, Config).ShouldBeEmpty();
    }

    [Fact]
    public void A_look_is_planned_once_and_the_next_ten_minutes_later()
    {
        var time = new FakeTimeProvider();
        using var looks = new ForkLooks(time);
        var start = time.GetUtcNow();
        var (repository, one) = (new RepositoryId(1), new PullRequestNumber(1));

        looks.Plan(repository, one).ShouldBe(start);
        looks.Plan(repository, new PullRequestNumber(2)).ShouldBe(start);
        time.Advance(TimeSpan.FromMinutes(1));
        looks.Plan(repository, one).ShouldBe(start.AddMinutes(10));
        looks.Plan(repository, one).ShouldBeNull();
        time.Advance(TimeSpan.FromMinutes(10));
        looks.Plan(repository, one).ShouldBe(start.AddMinutes(20));
        time.Advance(TimeSpan.FromMinutes(30));
        looks.Plan(repository, one).ShouldBe(start.AddMinutes(41));
    }

    /// <summary>The job does at once what it was put off to.</summary>
    private async Task LookAsync(RepositoryDriver shop)
    {
        await using var scope = house.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TellForkJob>().RunAsync(shop.Repository.Id, 1, TestContext.Current.CancellationToken);
        await shop.SettleAsync();
    }

    private int PlannedFor(RepositoryDriver shop) =>
        house.Services.GetRequiredService<JobStorage>().GetMonitoringApi().ScheduledJobs(0, 1000)
            .Count(job => job.Value.Job?.Type == typeof(TellForkJob) && (long)job.Value.Job.Args[0] == shop.Repository.Id);

    private Task AskedAsync(RepositoryDriver shop) =>
        house.EventuallyAsync(() => Task.FromResult(shop.Calls.Contains(RepositoryDriver.Query)), "GitHub is asked");

    private string Push(RepositoryDriver shop, string? text, string path = ".github/deploy.yml")
    {
        Repository fork = shop.Repository.PullRequests[0].HeadRepository;
        return house.World.Push(fork, "tea", fork.Owner, "More", new Dictionary<string, string?> { [path] = text ?? "Tea" });
    }

    private async Task<(RepositoryDriver Shop, string Sha)> OpenAsync(Dictionary<string, string?> files)
    {
        var shop = new RepositoryDriver(house, Rules);
        var fork = house.World.Fork(shop.Repository, house.World.CreateUser($"stranger-{Guid.NewGuid():N}"));
        var sha = house.World.Push(fork, "tea", fork.Owner, "Tea", files);
        house.World.OpenPullRequest(shop.Repository, "tea", fork.Owner, "Tea", headRepository: fork);
        await shop.SettleAsync();
        return (shop, sha);
    }
}
