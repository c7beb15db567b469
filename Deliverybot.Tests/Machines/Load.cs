using System.Diagnostics;
using System.Globalization;
using System.Net;
using Deliverybot.Sandbox.World;
using Xunit;

namespace Deliverybot.Tests.Machines;

/// <summary>Pushes to each repository in turn, and a page that is opened beside, until it is ended.</summary>
internal sealed class Load : IAsyncDisposable
{
    private static readonly TimeSpan BetweenPushes = TimeSpan.FromMilliseconds(125);
    private static readonly TimeSpan BetweenPages = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly List<string> pushed = [];
    private readonly List<Visit> visits = [];
    private readonly Task running;

    /// <param name="world">The stand-in's.</param>
    /// <param name="ada">Who pushes.</param>
    /// <param name="town">Where to.</param>
    /// <param name="visitor">Who is signed in.</param>
    public Load(GitHubWorld world, Account ada, List<Repository> town, HttpClient visitor) => running = Task.WhenAll(
        EachAsync(BetweenPushes, push =>
        {
            pushed.Add(world.Push(town[push % town.Count], string.Create(CultureInfo.InvariantCulture, $"branch-{push}"), ada, "Change"));
            return Task.CompletedTask;
        }),
        EachAsync(BetweenPages, visit => VisitAsync(visitor, $"/{town[visit % town.Count].FullName}")));

    public IReadOnlyList<string> Pushed => pushed;

    /// <summary>In order; to be read when it has ended.</summary>
    public IReadOnlyList<Visit> Visits => visits;

    public async Task EndAsync()
    {
        await enough.CancelAsync();
        await running;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        enough.Dispose();
    }

    private async Task EachAsync(TimeSpan pace, Func<int, Task> act)
    {
        using var clock = new PeriodicTimer(pace);
        for (var number = 0; !enough.IsCancellationRequested; number++)
        {
            await act(number);
            await ((Task)clock.WaitForNextTickAsync(enough.Token).AsTask()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task VisitAsync(HttpClient visitor, string path)
    {
        var began = Stopwatch.GetTimestamp();
        HttpStatusCode? status = null;
        try
        {
            using var answer = await visitor.GetAsync(path, TestContext.Current.CancellationToken);
            status = answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            // The process behind it has gone, with the connection.
        }

        visits.Add(new(began, Stopwatch.GetElapsedTime(began), status));
    }
}

/// <param name="Began">By <see cref="Stopwatch.GetTimestamp"/>.</param>
/// <param name="Took">Until it was answered.</param>
/// <param name="Status">Null: it had no answer.</param>
internal sealed record Visit(long Began, TimeSpan Took, HttpStatusCode? Status);
