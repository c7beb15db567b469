using System.Diagnostics;
using System.Globalization;
using System.Net;
using Deliverybot.Sandbox.Processes;
using Deliverybot.Sandbox.TryOut;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Machines;

/// <summary>One process of the Site, as operators start it.</summary>
internal sealed class Machine : IAsyncDisposable
{
    /// <summary>What Kubernetes and systemd are told to leave a process that is to end.</summary>
    public static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(30);

    private readonly SiteProcess process;
    private readonly string log;
    private bool wasKilled;

    private Machine(Uri url, IReadOnlyDictionary<string, string> settings, string? build)
    {
        Url = url;
        log = Path.Combine(Path.GetTempPath(), $"deliverybot-machine-{Guid.NewGuid():N}.log");
        process = SiteProcess.Start(settings, log, build);
    }

    public Uri Url { get; }

    public Uri Webhooks => new(Url, "/_/webhooks/github");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <param name="roles">What it does.</param>
    /// <param name="shared">Settings that all have.</param>
    /// <param name="build">The Site's assembly; null: the one that was built with the tests.</param>
    public static Machine Start(string roles, IReadOnlyDictionary<string, string> shared, string? build = null)
    {
        var url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{FreePorts.Next()}"));
        var settings = new Dictionary<string, string>(shared)
        {
            ["Deliverybot__Roles"] = roles,
            ["ASPNETCORE_URLS"] = url.GetLeftPart(UriPartial.Authority),
        };
        settings.TryAdd("Deliverybot__PublicUrl", url.GetLeftPart(UriPartial.Authority));
        return new Machine(url, settings, build);
    }

    /// <summary>Asks until it answers so: a process of its own tells of nothing.</summary>
    public async Task AnswersAsync(string path)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Url };
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await IsFineAsync(http, path))
        {
            if (process.Ended.IsCompleted)
            {
                throw process.WhyItEnded();
            }

            await look.WaitForNextTickAsync(Stop);
        }
    }

    /// <summary>As <c>kill -9</c>: nothing is finished.</summary>
    public async Task KillAsync()
    {
        wasKilled = true;
        Process.GetProcessById(process.Id).Kill();
        await process.Ended;
    }

    /// <summary>As SIGTERM: it finishes what it is at.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> EndAsync()
    {
        var began = Stopwatch.GetTimestamp();
        UnixCommand.TryRun("kill", "-TERM", process.Id.ToString(CultureInfo.InvariantCulture));
        await process.Ended.WaitAsync(LongestEnd, Stop);
        process.ExitCode.ShouldBe(0);
        return Stopwatch.GetElapsedTime(began);
    }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        if (!wasKilled && TestContext.Current.TestState is { Result: TestResult.Failed })
        {
            TestContext.Current.SendDiagnosticMessage($"The log of {Url} is {log}.");
            return;
        }

        File.Delete(log);
    }

    private async Task<bool> IsFineAsync(HttpClient http, string path)
    {
        try
        {
            using var answer = await http.GetAsync(path, Stop);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
