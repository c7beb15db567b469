using CsCheck;
using Deliverybot.Data.Names;
using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Events.AutoDeploy.Interleavings;

/// <summary>
/// Whatever the order in which events arrive, and however often: the end is the one that GitHub's own record implies. Never two
/// active deployments in a queued environment, never an older commit after a newer one, nothing twice, and nothing left waiting that could go.
/// </summary>
public sealed class InterleavingTests(InterleavingTests.HeldBack held) : IClassFixture<InterleavingTests.HeldBack>
{
    private static readonly PlannedTarget Free = new("first", null, null, OnlyLatest: false, null);
    private static readonly PlannedTarget Second = Free with { Name = "second" };
    private static readonly Act Push = new(ActKind.Push, 0, 0);
    private static readonly Act Deliver = new(ActKind.Deliver, 0, 0);

    private readonly House house = held.House;

    [Fact]
    public async Task Any_interleaving_ends_as_GitHubs_truth_implies() =>
        await Plan.Any.SampleAsync(HoldsAsync, iter: 150, threads: 4);

    [Fact]
    public Task A_push_that_comes_late_never_goes_out_after_a_newer_one() =>
        HoldsAsync(new Plan(Free, Second with { Queue = "latest" }, [Push, Push, Push], NewestArrivesFirst: true));

    [Fact]
    public Task A_commit_that_GitHub_judged_by_the_checks_of_a_newer_one_is_judged_again() =>
        HoldsAsync(new Plan(Free, Second with { RequiredContext = "e2e" }, [Push, new Act(ActKind.RunCheck, 0, 0), Push, Deliver], NewestArrivesFirst: false));

    [Fact]
    public Task So_is_one_after_which_the_head_was_known_before_its_push_came() =>
        HoldsAsync(new Plan(
            Free with { RequiredContext = "ci" },
            Second with { OnlyLatest = true },
            [Push, new Act(ActKind.SetStatus, 0, 0), new Act(ActKind.Deliver, 1, 0), Push, new Act(ActKind.Rewrite, 0, 0), Deliver],
            NewestArrivesFirst: true));

    [Fact]
    public Task What_goes_out_when_it_is_unlocked_ends_the_older_ones() =>
        HoldsAsync(new Plan(
            Free with { RequiredContext = "ci" },
            Second,
            [Push, Deliver, new Act(ActKind.Lock, 0, 0), Push, new Act(ActKind.SetStatus, 1, 0), .. Enumerable.Repeat(Deliver, 6)],
            NewestArrivesFirst: false));

    [Fact]
    public async Task A_commit_that_GitHub_deployed_too_early_is_deployed_in_its_turn()
    {
        var repository = await HoldsAsync(new Plan(
            Free,
            Second with { OnlyLatest = true, After = "first" },
            [Push, Deliver, Deliver, new Act(ActKind.ReportDeployment, 0, 1), Push],
            NewestArrivesFirst: false));

        repository.Deployments.SelectMany(made => made.Statuses).ShouldContain(
            status => status.State == "error" && status.Description.StartsWith("GitHub deployed", StringComparison.Ordinal));
    }

    [Fact]
    public Task A_commit_that_comes_late_is_dated_by_the_commits_of_its_target() =>
        HoldsAsync(new Plan(Free, Second with { After = "first" }, [Push, Push, Push, Deliver, Deliver], NewestArrivesFirst: false));

    [Fact]
    public Task A_commit_that_went_out_in_the_place_of_an_earlier_one_and_failed_is_not_deployed_again() =>
        HoldsAsync(new Plan(Free, Second, [Push, Push, Deliver, Deliver, new Act(ActKind.ReportDeployment, 0, 3)], NewestArrivesFirst: true));

    [Fact]
    public Task A_success_that_comes_after_its_deployment_was_replaced_lets_the_next_target_go() =>
        HoldsAsync(new Plan(
            Free,
            Second with { RequiredContext = "ci", After = "first" },
            [
                Push, Deliver, Deliver, new Act(ActKind.SetStatus, 0, 0), new Act(ActKind.ReportDeployment, 0, 1),
                Push, new Act(ActKind.Deliver, 4, 0), new Act(ActKind.ReportDeployment, 0, 1),
            ],
            NewestArrivesFirst: true));

    private async Task<Repository> HoldsAsync(Plan plan)
    {
        var interleaving = new Interleaving(house, plan);
        await interleaving.RunAsync();
        var id = new RepositoryId(interleaving.Repository.Id);
        var rows = await house.ReadAsync(db => db.Deployments.AsNoTracking().Where(row => row.RepositoryId == id).OrderBy(row => row.Id).ToListAsync());
        new Truth(interleaving.Repository, plan, interleaving.Pushed).FaultsOf(rows).ShouldBeEmpty();
        return interleaving.Repository;
    }

    /// <summary>A house to which GitHub tells nothing by itself; each plan has a repository of its own there.</summary>
    public sealed class HeldBack(TestPostgreSql postgreSql) : IAsyncLifetime
    {
        public House House { get; } = new(postgreSql) { Roles = "web" };

        public async ValueTask InitializeAsync()
        {
            await House.InitializeAsync();
            await House.World.Webhooks.WaitUntilDeliveredAsync(TestContext.Current.CancellationToken);
            House.World.Webhooks.Paused = true;
        }

        public ValueTask DisposeAsync() => House.DisposeAsync();
    }
}
