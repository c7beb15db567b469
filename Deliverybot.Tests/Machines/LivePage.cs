using System.Net;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Machines;

/// <summary>The event stream of a page, as a browser keeps it: opened again when it has ended or isn't answered.</summary>
internal sealed class LivePage : IAsyncDisposable
{
    // Browsers wait for some seconds; https://html.spec.whatwg.org/multipage/server-sent-events.html lets them choose.
    private static readonly TimeSpan BeforeOpeningAgain = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource closed = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly HttpClient visitor;
    private readonly string path;
    private readonly Task running;
    private int openings;
    private int changes;

    /// <param name="visitor">Who is signed in.</param>
    /// <param name="repository">The page's.</param>
    public LivePage(HttpClient visitor, string repository)
    {
        (this.visitor, path) = (visitor, $"/_/events/{repository}");
        running = StayOpenAsync();
    }

    /// <summary>How often it was opened.</summary>
    public int Openings => openings;

    /// <summary>How often it was told that something has changed.</summary>
    public int Changes => changes;

    /// <summary>Opens an event stream that isn't opened again, and reads that it is there.</summary>
    public static async Task<StreamReader> OpenAsync(HttpClient visitor, string repository, CancellationToken cancellationToken)
    {
        var answer = await visitor.GetAsync($"/_/events/{repository}", HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellationToken));
        (await reader.ReadLineAsync(cancellationToken)).ShouldBe("event: ping");
        return reader;
    }

    public async ValueTask DisposeAsync()
    {
        await closed.CancelAsync();
        await running;
        closed.Dispose();
    }

    private async Task StayOpenAsync()
    {
        using var pause = new PeriodicTimer(BeforeOpeningAgain);
        while (!closed.IsCancellationRequested)
        {
            try
            {
                await ReadAsync();
                await pause.WaitForNextTickAsync(closed.Token);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                await ((Task)pause.WaitForNextTickAsync(closed.Token).AsTask()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (closed.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task ReadAsync()
    {
        using var answer = await visitor.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, closed.Token);
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            return;
        }

        Interlocked.Increment(ref openings);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(closed.Token));
        while (await reader.ReadLineAsync(closed.Token) is { } line)
        {
            if (line == "event: changed")
            {
                Interlocked.Increment(ref changes);
            }
        }
    }
}
