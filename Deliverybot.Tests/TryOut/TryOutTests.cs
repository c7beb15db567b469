using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Deliverybot.Sandbox.Processes;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.TryOut;

public sealed class TryOutTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"deliverybot-tryout-{Guid.NewGuid():N}");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_command_starts_everything_and_an_interrupt_ends_it_all()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Sends a signal.");
        var (sitePort, port) = (FreePort(), FreePort());
        using var tryOut = Start("--no-build", "--data", folder, "--site-port", $"{sitePort}", "--port", $"{port}");
        var errors = tryOut.StandardError.ReadToEndAsync(Stop);
        var said = await ReadUntilReadyAsync(tryOut.StandardOutput);
        said.ShouldContain("Ready", customMessage: $"It said:{Environment.NewLine}{said}{Environment.NewLine}{(tryOut.HasExited ? await errors : "")}");

        using var http = new HttpClient();
        (await http.GetAsync($"http://localhost:{sitePort}/_/health/ready", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await http.GetStringAsync($"http://localhost:{port}/", Stop)).ShouldContain("Stand-in for GitHub");
        File.Exists(PostmasterFile).ShouldBeTrue();

        UnixCommand.Run("kill", "-INT", tryOut.Id.ToString(CultureInfo.InvariantCulture));
        await tryOut.WaitForExitAsync(Stop);

        tryOut.ExitCode.ShouldBe(0, await errors);
        await Should.ThrowAsync<HttpRequestException>(() => http.GetAsync($"http://localhost:{sitePort}/", Stop));
        File.Exists(PostmasterFile).ShouldBeFalse();
    }

    public void Dispose()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string PostmasterFile => Path.Combine(folder, "postgres", "cluster", "postmaster.pid");

    private static Process Start(params string[] options)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", SandboxAssembly(), .. options])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("ConnectionStrings__Deliverybot");
        return Process.Start(start)!;
    }

    // Our own folder is …/Deliverybot.Tests/bin/{configuration}/{framework}/.
    private static string SandboxAssembly()
    {
        var framework = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return RepositoryFolder.Of("Deliverybot.Sandbox", "bin", framework.Parent!.Name, framework.Name, "Deliverybot.Sandbox.dll");
    }

    private static async Task<string> ReadUntilReadyAsync(StreamReader output)
    {
        List<string> lines = [];
        while (await output.ReadLineAsync(Stop) is { } line)
        {
            lines.Add(line);
            if (line.StartsWith("Ready", StringComparison.Ordinal))
            {
                break;
            }
        }

        return string.Join(Environment.NewLine, lines);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
