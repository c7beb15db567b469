using System.Diagnostics;
using System.Globalization;
using System.Net;
using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Site;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Machines;

/// <summary>
/// Two <c>web</c> and two <c>worker</c> processes on one PostgreSQL, under load, which come and go. In short here: in so many rounds as
/// <c>DELIVERYBOT_MACHINES</c> says, and beginning with the build of the revision in <c>DELIVERYBOT_MACHINES_BEFORE</c>, where that is told
/// (docs/operating.md, Scaling out).
/// </summary>
public sealed class ManyMachinesTests : IAsyncLifetime
{
    private const int LivePages = 4;

    // What a site needs that was just told its database is back.
    private static readonly TimeSpan AfterCrash = TimeSpan.FromSeconds(2);

    // Upkeep asks GitHub each five minutes for what didn't arrive.
    private static readonly TimeSpan UntilAskedFor = TimeSpan.FromMinutes(12);

    private static readonly int Rounds = int.Parse(Environment.GetEnvironmentVariable("DELIVERYBOT_MACHINES") ?? "1", CultureInfo.InvariantCulture);
    private static readonly string Before = Environment.GetEnvironmentVariable("DELIVERYBOT_MACHINES_BEFORE") ?? "";

    private readonly List<(long From, long To)> outages = [];
    private readonly List<double> ends = [];
    private readonly long began = Stopwatch.GetTimestamp();
    private Fleet fleet = null!;
    private OlderBuild? before;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private GitHubWorld World => fleet.GitHub.World;

    public async ValueTask InitializeAsync()
    {
        before = Before.Length > 0 ? await OlderBuild.MakeAsync(Before, Stop) : null;
        fleet = await Fleet.MakeAsync(Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await fleet.DisposeAsync();
        if (before is not null)
        {
            await before.DisposeAsync();
        }
    }

    [Fact]
    public async Task Processes_and_the_database_come_and_go_and_each_push_is_deployed_once()
    {
        var ada = World.CreateUser("ada");
        var acme = World.CreateOrganisation("acme", ada);
        // Each makes the database, or finds it made. In a rolling upgrade these are the older ones.
        var (first, second) = (Pair.Start(fleet, before?.Assembly), Pair.Start(fleet, before?.Assembly));
        await Task.WhenAll(first.ReadyAsync(), second.ReadyAsync());
        fleet.Front.Lead(first.Web, second.Web);
        Tell("The processes are ready");
        await fleet.SetUpAsync("acme", [.. first.All, .. second.All]);
        Tell("The App is set up");

        World.Install(acme);
        var town = fleet.Town(acme);
        var shop = town[0].FullName;
        var cookies = new CookieContainer();
        using var visitor = await Harness.Browser.SignInAsync(fleet.Front.Url, "ada", cookies, Stop);
        var pages = Enumerable.Range(0, LivePages).Select(_ => new LivePage(visitor, shop)).ToList();
        var held = await LockAsync(town[0], ada, first.Web, second.Web, cookies);
        Tell("Locked and unlocked");

        var schema = await MigrationsAsync();
        IReadOnlyList<string> pushed;
        IReadOnlyList<Visit> visits;
        await using (var load = new Load(World, ada, town, visitor))
        {
            for (var round = 1; round <= Rounds; round++)
            {
                (first, second) = await RoundAsync(first, second, load, cookies, town, isLast: round == Rounds);
            }

            await load.EndAsync();
            (pushed, visits) = (load.Pushed, load.Visits);
        }

        var lost = await SendAgainAsync();
        await Until.TrueAsync(
            async () => Made(town).Count > pushed.Count && (await fleet.QueryAsync<long>("select count(*) from webhook_deliveries where processed_at is null"))[0] == 0, UntilAskedFor);
        var migrated = await MigrationsAsync() - schema;
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"""
             {Rounds} rounds{(before is null ? "" : $", from {Before} on, with {migrated} migrations under load")}, in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s: {pushed.Count + 1} pushes, each deployed once; {lost} webhooks had no answer and were sent again.
             {visits.Count} pages: {visits.Count(visit => visit.Status is null)} without an answer, {visits.Count(IsBroken)} with 5xx, {visits.Select(visit => visit.Took.TotalMilliseconds).Order().ElementAt(visits.Count / 2):0} ms in the median.
             Told to end, the processes did so within {string.Join(", ", ends.Order().Select(end => end.ToString("0.0", CultureInfo.InvariantCulture)))} s. Live pages were opened {pages.Sum(page => page.Openings)} times.
             """));

        Made(town).Order().ShouldBe(pushed.Append(held).Order());
        (await fleet.QueryAsync<string>("select sha from deployments")).Order().ShouldBe(pushed.Append(held).Order());
        World.Webhooks.Deliveries.Where(delivery => delivery is { Event: "push", StatusCode: 202 }).Select(delivery => delivery.Guid)
            .Except(await fleet.QueryAsync<Guid>("select guid from webhook_deliveries where processed_at is not null")).ShouldBeEmpty();
        (await fleet.QueryAsync<long>("select count(*) from hangfire.job where statename = 'Failed'"))[0].ShouldBe(0);
        // Who looks while the database is gone is told so; else nobody sees a fault.
        visits.Where(IsBroken).ShouldAllBe(visit => visit.Status == HttpStatusCode.ServiceUnavailable);
        visits.Where(visit => IsBroken(visit) && !outages.Exists(outage => outage.From <= visit.Began + Ticks(visit.Took) && visit.Began <= outage.To)).ShouldBeEmpty();
        fleet.GitHub.Requests.UnknownRoutes.ShouldBeEmpty();

        var told = pages.Select(page => page.Changes).ToList();
        World.Push(town[0], "branch-last", ada, "Last");
        await Until.TrueAsync(() => pages.Zip(told).All(page => page.First.Changes > page.Second));
        await Task.WhenAll(pages.Select(page => page.DisposeAsync().AsTask()));
    }

    /// <summary>Locked in one process, held by a worker, unlocked in the other process.</summary>
    /// <returns>The commit that was held.</returns>
    private async Task<string> LockAsync(Repository shop, Account ada, Machine web, Machine otherWeb, CookieContainer cookies)
    {
        using var here = Visitor(web, cookies);
        using var there = Visitor(otherWeb, cookies);
        using var live = await LivePage.OpenAsync(there, shop.FullName, Stop);
        using (var locked = await here.PostFormAsync($"/{shop.FullName}/lock", ("environment", "production")))
        {
            locked.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        }

        while (await live.ReadLineAsync(Stop) is var line && line != "event: changed")
        {
            line.ShouldNotBeNull("the stream has ended");
        }

        var held = World.Push(shop, "main", ada, "Held");
        await Until.TrueAsync(async () => (await fleet.QueryAsync<string>("select sha from deployments where state = 'Waiting'")).Contains(held));
        using (var unlocked = await there.PostFormAsync($"/{shop.FullName}/unlock", ("environment", "production")))
        {
            unlocked.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        }

        await Until.TrueAsync(() => Made([shop]).Contains(held));
        return held;
    }

    /// <summary>A pair comes, one is killed, the database crashes, one is told to end.</summary>
    /// <returns>Those that are there then; in the last round that is one pair, twice.</returns>
    private async Task<(Pair First, Pair Second)> RoundAsync(Pair first, Pair second, Load load, CookieContainer cookies, List<Repository> town, bool isLast)
    {
        await GoOnAsync(town);
        Tell("The load goes on");
        var third = Pair.Start(fleet);
        await third.ReadyAsync();
        Tell("A pair has come");
        fleet.Front.Lead(first.Web, second.Web, third.Web);
        await GoOnAsync(town);

        await Task.WhenAll(first.All.Select(machine => machine.KillAsync()));
        fleet.Front.Lead(second.Web, third.Web);
        await GoOnAsync(town);
        Tell("A pair was killed");

        var from = Stopwatch.GetTimestamp();
        var pushes = load.Pushed.Count;
        await fleet.PostgreSql.CrashAsync(() => Until.TrueAsync(() => load.Pushed.Count > pushes + LivePages));
        await Task.WhenAll(second.ReadyAsync(), third.ReadyAsync());
        outages.Add((from, Stopwatch.GetTimestamp() + Ticks(AfterCrash)));
        await GoOnAsync(town);
        Tell("The database has crashed and come back");

        var fourth = isLast ? third : Pair.Start(fleet);
        await fourth.ReadyAsync();
        fleet.Front.Lead(third.Web, fourth.Web);
        using var visitor = Visitor(second.Web, cookies);
        using var open = await LivePage.OpenAsync(visitor, town[0].FullName, Stop);
        var ending = second.All.Select(machine => machine.EndAsync()).ToList();
        // It comes to its end in order, by which a browser knows to open it again.
        await open.ReadToEndAsync(Stop);
        ends.AddRange((await Task.WhenAll(ending)).Select(end => end.TotalSeconds));
        await GoOnAsync(town);
        Tell("A pair has ended");
        return (third, fourth);
    }

    private async Task<long> MigrationsAsync() => (await fleet.QueryAsync<long>("select count(*) from migrations"))[0];

    /// <summary>Until some more are deployed.</summary>
    private Task GoOnAsync(List<Repository> town)
    {
        var made = Made(town).Count;
        return Until.TrueAsync(() => Made(town).Count >= made + town.Count);
    }

    /// <summary>What reached nobody is sent again. In short that is done here, as GitHub does when it is asked to; else upkeep asks for it.</summary>
    /// <returns>How many there were.</returns>
    private async Task<int> SendAgainAsync()
    {
        await World.Webhooks.WaitUntilDeliveredAsync(Stop);
        var arrived = World.Webhooks.Deliveries.Where(delivery => delivery.StatusCode == 202).Select(delivery => delivery.Guid).ToHashSet();
        var lost = World.Webhooks.Deliveries.Where(delivery => !arrived.Contains(delivery.Guid)).DistinctBy(delivery => delivery.Guid).ToList();
        if (Rounds == 1)
        {
            lost.ForEach(delivery => World.Webhooks.Redeliver(delivery));
        }

        return lost.Count;
    }

    private List<string> Made(List<Repository> town) =>
        World.Read(_ => town.SelectMany(repository => repository.Deployments.Select(deployment => deployment.Sha)).ToList());

    private void Tell(string what) =>
        TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s: {what}."));

    private static bool IsBroken(Visit visit) => visit.Status >= HttpStatusCode.InternalServerError;

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);

    private static HttpClient Visitor(Machine web, CookieContainer cookies) =>
        new(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = web.Url };

    /// <summary>A process of each role.</summary>
    private sealed record Pair(Machine Web, Machine Worker)
    {
        public IReadOnlyList<Machine> All => [Web, Worker];

        public static Pair Start(Fleet fleet, string? build = null) => new(fleet.Start("web", build), fleet.Start("worker", build));

        public Task ReadyAsync() => Task.WhenAll(All.Select(machine => machine.AnswersAsync("/_/health/ready")));
    }
}
