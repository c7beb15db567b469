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

    /// <param name="url">Where it answers.</param>
    /// <param name="settings">As environment variables.</param>
    /// <param name="log">The file that its log goes to.</param>
    /// <param name="build">The Site's assembly; null: the one that was built with the tests.</param>
    public Machine(Uri url, IReadOnlyDictionary<string, string> settings, string log, string? build)
    {
        Url = url;
        this.log = log;
        process = SiteProcess.Start(new Dictionary<string, string>(settings) { ["ASPNETCORE_URLS"] = url.GetLeftPart(UriPartial.Authority) }, log, build);
    }

    public Uri Url { get; }

    public bool HasEnded => process.Ended.IsCompleted;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Asks until it answers so: a process of its own tells of nothing.</summary>
    public async Task AnswersAsync(string path)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Url };
        await Until.TrueAsync(async () => HasEnded ? throw process.WhyItEnded() : await IsFineAsync(http, path));
    }

    public async Task<string> LogAsync()
    {
        await using var file = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return await reader.ReadToEndAsync(Stop);
    }

    /// <summary>As <c>kill -9</c>: nothing is finished.</summary>
    public async Task KillAsync()
    {
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

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private static async Task<bool> IsFineAsync(HttpClient http, string path)
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
