using System.Diagnostics;
using Deliverybot.Benchmarks.Load;
using Deliverybot.Benchmarks.Pages;
using Deliverybot.Benchmarks.Reporting;
using Deliverybot.Benchmarks.SiteProcess;
using Deliverybot.Sandbox;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Benchmarks.Hostile;

/// <summary>
/// How long a push of one owner takes while another's people post 160 forms to one environment and a third one's pull requests get
/// 20 comments that name 2 000 targets each, with a GitHub that is slow for them.
/// </summary>
internal sealed class HostileScenario(Workbench bench) : IScenario
{
    private const int Posts = 160;
    private const int Comments = 20;
    private const int Names = 2_000;
    private const int Pushes = 10;
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan GivenUp = TimeSpan.FromMinutes(1);

    public async Task<ScenarioReport> RunAsync(CancellationToken cancellationToken)
    {
        await using var gitHub = await SandboxServer.StartAsync(
            new SandboxServerOptions
            {
                Port = bench.Options.Port + 1,
                App = bench.App(),
                RateLimit = 1_000_000,
                WebhookUrl = new Uri($"http://127.0.0.1:{bench.Options.Port}/_/webhooks/github"),
            },
            cancellationToken);
        await using var database = await bench.Server.CreateAsync("hostile", cancellationToken);
        await using var site = bench.StartSite(gitHub.Url, database, SiteSettings.AllRoles);
        await site.ReadyAsync(Workbench.StartAtMost, cancellationToken);
        var town = HostileTown.Build(gitHub, Comments);
        await gitHub.World.Webhooks.WaitUntilDeliveredAsync(cancellationToken);
        using var ada = await Visitor.SignInAsync(site.Endpoint.Port, HostileTown.Writer, cancellationToken);

        bench.Console.Progress("hostile: alone");
        await PushAsync(gitHub.World, town.Quiet, cancellationToken);
        var alone = await MeasureAsync(gitHub.World, town.Quiet, ada, cancellationToken);

        bench.Console.Progress($"hostile: {Posts} posts in flight, {Comments} comments");
        HostileTown.Slow(gitHub);
        town.Comment(gitHub, Names);
        await gitHub.World.Webhooks.WaitUntilDeliveredAsync(cancellationToken);
        var token = await ada.AntiforgeryAsync(cancellationToken);
        var head = town.Busy.Branches["main"];
        var posts = Enumerable.Range(0, Posts)
            .Select(_ => ada.PostAsync($"/{town.Busy.FullName}/deploy", token, cancellationToken, ("target", "production"), ("sha", head)))
            .ToList();
        var held = await MeasureAsync(gitHub.World, town.Quiet, ada, cancellationToken);
        var statuses = await Task.WhenAll(posts);
        return new ScenarioReport(Table(alone, held, statuses), [.. Faults(held, statuses)]);
    }

    private static IEnumerable<string> Faults(Measured held, int[] statuses)
    {
        if (held.Pushes.P99 > AtMost)
        {
            yield return $"A push went out after {held.Pushes.P99.TotalSeconds:0.0} s.";
        }

        foreach (var wrong in statuses.Where(status => status is not (303 or 409)).CountBy(status => status))
        {
            yield return $"{wrong.Value} posts were answered with {wrong.Key}.";
        }
    }

    private static async Task<Measured> MeasureAsync(GitHubWorld world, Repository quiet, Visitor visitor, CancellationToken cancellationToken)
    {
        var (pushes, health) = (new List<TimeSpan>(Pushes), new List<TimeSpan>(Pushes));
        for (var time = 0; time < Pushes; time++)
        {
            pushes.Add(await PushAsync(world, quiet, cancellationToken));
            var asked = Stopwatch.GetTimestamp();
            await visitor.OpenAsync("/_/health/ready", cancellationToken);
            health.Add(Stopwatch.GetElapsedTime(asked));
        }

        return new Measured(Percentiles.Of(pushes), Percentiles.Of(health));
    }

    private static async Task<TimeSpan> PushAsync(GitHubWorld world, Repository quiet, CancellationToken cancellationToken)
    {
        var before = world.Read(_ => quiet.Deployments.Count);
        var pushed = Stopwatch.GetTimestamp();
        world.Push(quiet, "main", quiet.Owner, "Sell coffee");
        while (world.Read(_ => quiet.Deployments.Count) == before)
        {
            if (Stopwatch.GetElapsedTime(pushed) > GivenUp)
            {
                throw new BenchmarkFailedException($"A push hasn't gone out after {GivenUp.TotalSeconds:0} s.{SiteLog.Tail()}");
            }

            await Task.Delay(2, cancellationToken);
        }

        return Stopwatch.GetElapsedTime(pushed);
    }

    private static FigureTable Table(Measured alone, Measured held, int[] statuses) => new(
        $"hostile: a push of one owner, while others have {Posts} posts in flight and {Comments} hostile comments",
        ["alone", "meanwhile"],
        [
            new FigureRow("push to GitHub p50, ms", [Figure.Milliseconds(alone.Pushes.P50), Figure.Milliseconds(held.Pushes.P50)]),
            new FigureRow(
                "push to GitHub, slowest, ms",
                [Figure.Milliseconds(alone.Pushes.P99), Figure.Milliseconds(held.Pushes.P99).Goal(held.Pushes.P99 <= AtMost)],
                "≤ 2 000"),
            new FigureRow("health, slowest, ms", [Figure.Milliseconds(alone.Health.P99), Figure.Milliseconds(held.Health.P99)]),
            new FigureRow("posts that deployed", [Figure.None, Figure.Of(statuses.Count(status => status == 303))]),
            new FigureRow("posts told to try again", [Figure.None, Figure.Of(statuses.Count(status => status == 409))]),
        ],
        [$"Each comment names {Names} targets. For those who wrote them GitHub takes 3 s for each answer."]);

    private sealed record Measured(Percentiles Pushes, Percentiles Health);
}
