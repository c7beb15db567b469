using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Deliverybot.Sandbox.Processes;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Harness;

/// <summary>
/// The Site as operators run it: published, in Production, a process of its own. It has the database and the GitHub of a house, whose own
/// Site runs beside it.
/// </summary>
internal sealed class PublishedSite : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("deliverybot-published-");
    private Process? process;
    private LastWill? lastWill;
    private Task<string> rest = Task.FromResult("");

    private PublishedSite()
    {
    }

    public Uri Url { get; } = new($"http://127.0.0.1:{FreePorts.Next()}");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Certificate => Path.Combine(folder.FullName, "keys.pfx");

    private string Program => Path.Combine(folder.FullName, "out");

    public static async Task<PublishedSite> StartAsync(House house)
    {
        var site = new PublishedSite();
        try
        {
            await site.PublishAsync();
            await site.StartProcessAsync(house);
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        await rest;
        lastWill?.Dispose();
        process?.Dispose();
        folder.Delete(recursive: true);
    }

    // What the tests were built with, so nothing is compiled again: only what publishing adds, the compressed files, is made.
    private async Task PublishAsync()
    {
        var configuration = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)).Parent!.Name;
        var start = new ProcessStartInfo(
            "dotnet", ["publish", RepositoryFolder.Of("Deliverybot.Site"), "--no-build", "--configuration", configuration, "--output", Program, "--nologo", "-nodeReuse:false"])
        {
            RedirectStandardOutput = true,
        };
        using var publishing = Process.Start(start)!;
        using var stopped = Stop.Register(() => publishing.Kill(entireProcessTree: true));
        var said = await publishing.StandardOutput.ReadToEndAsync(Stop);
        await publishing.WaitForExitAsync(Stop);
        publishing.ExitCode.ShouldBe(0, said);
    }

    private async Task StartProcessAsync(House house)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Program, "Deliverybot.Site.dll")])
        {
            WorkingDirectory = Program,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in HouseSettings.For(house.GitHub, house.Database, Url, "web"))
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["ASPNETCORE_URLS"] = Url.GetLeftPart(UriPartial.Authority);
        start.Environment["Deliverybot__KeyCertificatePath"] = Certificate;
        WriteCertificate();
        process = Process.Start(start)!;
        lastWill = LastWill.Write(_ => { }, "kill", "-KILL", process.Id.ToString(CultureInfo.InvariantCulture));
        var said = new List<string>();
        while (!said.Exists(line => line.Contains("Application started", StringComparison.Ordinal)))
        {
            said.Add(await process.StandardOutput.ReadLineAsync(Stop)
                ?? throw new InvalidOperationException($"The published Site ended before it had started:{Environment.NewLine}{string.Join(Environment.NewLine, said)}"));
        }

        rest = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
    }

    private void WriteCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Deliverybot tests", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllBytes(Certificate, certificate.Export(X509ContentType.Pfx));
    }
}
