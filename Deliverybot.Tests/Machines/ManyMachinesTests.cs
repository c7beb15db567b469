using System.Diagnostics;
using System.Globalization;
using System.Net;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Sandbox;
using Deliverybot.Sandbox.World;
using Deliverybot.Site;
using Deliverybot.Site.SetUp;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Site;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Machines;

/// <summary>
/// Two <c>web</c> and two <c>worker</c> processes on one PostgreSQL, which lose two of them and the database on the way. In short here;
/// <c>DELIVERYBOT_MACHINES</c> is the number of pushes, <c>DELIVERYBOT_MACHINES_BEFORE</c> the revision that the first two were built from
/// (docs/operating.md, Scaling out).
/// </summary>
public sealed class ManyMachinesTests : IAsyncLifetime
{
    private const string DeployFile = "all:\n  auto_deploy_on: refs/heads/branch-*\nproduction:\n  auto_deploy_on: refs/heads/main\n";
    private const int Repositories = 12;
    private const int Backlog = 30_000;
    private const int Samples = 40;

    // Milliseconds that a busy machine may take for anything.
    private const double Jitter = 60;

    private static readonly int Pushes = int.Parse(Environment.GetEnvironmentVariable("DELIVERYBOT_MACHINES") ?? "96", CultureInfo.InvariantCulture);

    private readonly TestPostgreSql postgreSql = new() { Own = true };
    private readonly List<Machine> machines = [];
    private TestDatabase database = null!;
    private SandboxServer gitHub = null!;
    private OlderBuild? before;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await postgreSql.InitializeAsync();
        database = new TestDatabase(postgreSql);
        await database.InitializeAsync();
        gitHub = await SandboxServer.StartAsync(new SandboxServerOptions(), Stop);
        if (Environment.GetEnvironmentVariable("DELIVERYBOT_MACHINES_BEFORE") is { Length: > 0 } revision)
        {
            before = await OlderBuild.MakeAsync(revision, Stop);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(machines.Select(machine => machine.DisposeAsync().AsTask()));
        await gitHub.DisposeAsync();
        await database.DisposeAsync();
        await postgreSql.DisposeAsync();
        if (before is not null)
        {
            await before.DisposeAsync();
        }
    }

    [Fact]
    public async Task Processes_and_the_database_come_and_go_and_each_push_is_deployed_once()
    {
        var (ada, town) = Town();
        // The older ones, in a rolling upgrade, are those that go.
        var (web, worker) = (Start("web", before?.Assembly), Start("worker", before?.Assembly));
        var (otherWeb, otherWorker) = (Start("web"), Start("worker"));
        await Task.WhenAll(machines.Select(machine => machine.AnswersAsync("/_/health/ready")));

        // The set-up: an App that is registered by one is everybody's.
        await RegisterAsync();
        await Task.WhenAll(machines.Select(machine => machine.AnswersAsync("/_/health/github")));

        // Sign-in, live pages and locks: what one does, the other knows.
        var cookies = new CookieContainer();
        using var there = await Harness.Browser.SignInAsync(web.Url, "ada", cookies, Stop);
        using var here = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = otherWeb.Url };
        var shop = town[0];
        using var live = await LiveAsync(here, shop);
        using (var locked = await there.PostFormAsync($"/{shop.FullName}/lock", ("environment", "production")))
        {
            locked.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        }

        await SeesChangeAsync(live);
        gitHub.World.Webhooks.Url = web.Webhooks;
        var held = gitHub.World.Push(shop, "main", ada, "Held");
        await UntilAsync(async () => await CountAsync("select count(*) from deployments where state = 'Waiting'") == 1);
        using (var unlocked = await here.PostFormAsync($"/{shop.FullName}/unlock", ("environment", "production")))
        {
            unlocked.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        }

        await UntilAsync(() => Task.FromResult(Made(town).Contains(held)));

        // Under load, over both: two are killed, and others take their place.
        var front = web;
        Push(0, Pushes / 3);
        await UntilAsync(() => Task.FromResult(Made(town).Count >= Pushes / 6));
        await Task.WhenAll(web.KillAsync(), worker.KillAsync());
        var (newWeb, newWorker) = (Start("web"), Start("worker"));
        front = newWeb;
        Push(Pushes / 3, Pushes * 2 / 3);
        await Task.WhenAll(newWeb.AnswersAsync("/_/health/ready"), newWorker.AnswersAsync("/_/health/ready"));

        // The database crashes and comes back.
        await postgreSql.CrashAsync(() => Task.CompletedTask);
        database.Source.Clear();
        Push(Pushes * 2 / 3, Pushes);

        // Two are told to end: they finish what they are at, and their live pages are let go.
        await otherWeb.AnswersAsync("/_/health/ready");
        using var open = await LiveAsync(here, shop);
        var ends = Task.WhenAll(otherWeb.EndAsync(), otherWorker.EndAsync());
        await EndsAsync(open);
        TestContext.Current.SendDiagnosticMessage($"Ended within {string.Join(" and ", (await ends).Select(end => $"{end.TotalSeconds:0.0} s"))}.");
        using var elsewhere = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = newWeb.Url };
        using var again = await LiveAsync(elsewhere, shop);

        // What reached nobody is sent again, as GitHub does when it is asked to. Then nothing is lost, and nothing twice.
        await gitHub.World.Webhooks.WaitUntilDeliveredAsync(Stop);
        gitHub.World.Webhooks.Url = newWeb.Webhooks;
        var lost = gitHub.World.Webhooks.Deliveries.Where(delivery => delivery.StatusCode != 202).ToList();
        lost.ForEach(delivery => gitHub.World.Webhooks.Redeliver(delivery));
        await gitHub.World.Webhooks.WaitUntilDeliveredAsync(Stop);
        await UntilAsync(async () => Made(town).Count >= Pushes + 1 && await CountAsync("select count(*) from webhook_deliveries where processed_at is null") == 0);
        Made(town).Count.ShouldBe(Pushes + 1);
        Made(town).Distinct().Count().ShouldBe(Pushes + 1);
        gitHub.Requests.UnknownRoutes.ShouldBeEmpty();

        void Push(int from, int to)
        {
            foreach (var push in Enumerable.Range(from, to - from))
            {
                gitHub.World.Webhooks.Url = push % 2 == 0 ? front.Webhooks : otherWeb.Webhooks;
                gitHub.World.Push(town[push % Repositories], $"branch-{push}", ada, $"Change {push}");
            }
        }
    }

    [Fact]
    public async Task Web_processes_answer_as_fast_while_the_workers_lag()
    {
        var (ada, town) = Town();
        var web = Start("web");
        await web.AnswersAsync("/_/health/ready");
        await RegisterAsync();
        await web.AnswersAsync("/_/health/github");
        gitHub.World.Webhooks.Url = web.Webhooks;
        using var visitor = await Harness.Browser.SignInAsync(web.Url, "ada", Stop);
        await MeasureAsync();

        var (page, acknowledgement) = await MeasureAsync();
        await using (var pile = database.Source.CreateCommand(
            $"""
             insert into webhook_deliveries (guid, event, repository_id, installation_id, body, received_at, faults)
             select gen_random_uuid(), 'push', one.repository_id, one.installation_id, one.body, now(), 0
             from (select * from webhook_deliveries limit 1) one, generate_series(1, {Backlog})
             """))
        {
            await pile.ExecuteNonQueryAsync(Stop);
        }

        var (laggingPage, laggingAcknowledgement) = await MeasureAsync();
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Median of {Samples} with nothing to do and with {Backlog} deliveries to do: page {page:0.0} and {laggingPage:0.0} ms, acknowledgement {acknowledgement:0.0} and {laggingAcknowledgement:0.0} ms."));
        laggingPage.ShouldBeLessThan((3 * page) + Jitter);
        laggingAcknowledgement.ShouldBeLessThan((3 * acknowledgement) + Jitter);

        async Task<(double Page, double Acknowledgement)> MeasureAsync()
        {
            List<double> pages = [];
            for (var sample = 0; sample < Samples; sample++)
            {
                var began = Stopwatch.GetTimestamp();
                await visitor.OpenAsync($"/{town[0].FullName}");
                pages.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                gitHub.World.Push(town[sample % Repositories], $"branch-{Guid.NewGuid():N}", ada, "Any");
                await gitHub.World.Webhooks.WaitUntilDeliveredAsync(Stop);
            }

            var sent = gitHub.World.Webhooks.Deliveries.TakeLast(Samples).ToList();
            sent.ShouldAllBe(delivery => delivery.StatusCode == 202);
            return (Median(pages), Median([.. sent.Select(delivery => delivery.Duration.TotalMilliseconds)]));
        }
    }

    private static double Median(List<double> samples)
    {
        samples.Sort();
        return samples[samples.Count / 2];
    }

    private Machine Start(string roles, string? build = null)
    {
        var settings = new Dictionary<string, string>
        {
            ["ConnectionStrings__Deliverybot"] = database.ConnectionString,
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Logging__Console__LogToStandardErrorThreshold"] = "Error",
        };
        if (machines.Count > 0)
        {
            settings["Deliverybot__PublicUrl"] = machines[0].Url.GetLeftPart(UriPartial.Authority);
        }

        var machine = Machine.Start(roles, settings, build);
        machines.Add(machine);
        return machine;
    }

    private async Task RegisterAsync()
    {
        await using var site = SiteApplication.Build(SiteArguments.With($"--ConnectionStrings:Deliverybot={database.ConnectionString}"));
        await using var scope = site.Services.CreateAsyncScope();
        var app = gitHub.App;
        var keys = new AppKeys(app.AppId, app.Slug, app.ClientId, new AppSecrets(app.ClientSecret, app.WebhookSecret, app.PrivateKeyPem));
        (await scope.ServiceProvider.GetRequiredService<StoredApps>().TryAddAsync(keys, new Uri(gitHub.Url.GetLeftPart(UriPartial.Authority)), Stop)).ShouldBeTrue();
    }

    private (Account Ada, List<Repository> Repositories) Town()
    {
        var world = gitHub.World;
        var ada = world.CreateUser("ada");
        var acme = world.CreateOrganisation("acme", ada);
        world.Install(acme);
        var files = new Dictionary<string, string> { [".github/deploy.yml"] = DeployFile };
        return (ada, [.. Enumerable.Range(0, Repositories).Select(number => world.CreateRepository(acme, $"shop-{number}", files))]);
    }

    private List<string> Made(List<Repository> town) =>
        gitHub.World.Read(_ => town.SelectMany(repository => repository.Deployments.Select(deployment => deployment.Sha)).ToList());

    private async Task<long> CountAsync(string sql)
    {
        await using var command = database.Source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Stop))!;
    }

    /// <summary>Opens the event stream of a page, and reads that it is there.</summary>
    private static async Task<StreamReader> LiveAsync(HttpClient visitor, Repository repository)
    {
        var answer = await visitor.GetAsync($"/_/events/{repository.FullName}", HttpCompletionOption.ResponseHeadersRead, Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Stop));
        (await reader.ReadLineAsync(Stop)).ShouldBe("event: ping");
        return reader;
    }

    private static async Task SeesChangeAsync(StreamReader live)
    {
        while (await live.ReadLineAsync(Stop) is var line && line != "event: changed")
        {
            line.ShouldNotBeNull("the stream has ended");
        }
    }

    /// <summary>It comes to its end in order, by which a browser knows to open it again.</summary>
    private static async Task EndsAsync(StreamReader live)
    {
        while (await live.ReadLineAsync(Stop) is not null)
        {
            Stop.ThrowIfCancellationRequested();
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> isTrue)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(TimeSpan.FromMinutes(Pushes > 1000 ? 10 : 1));
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await isTrue())
        {
            await look.WaitForNextTickAsync(limit.Token);
        }
    }
}
