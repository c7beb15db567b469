using System.Diagnostics;
using Deliverybot.Sandbox.Processes;

namespace Deliverybot.Benchmarks.SiteProcess;

/// <summary>The Site as operators have it: only what is published has its styles and scripts compressed beside it.</summary>
internal static class PublishedProgram
{
    /// <summary>Publishes the build of the Site that comes with the benchmarks.</summary>
    /// <returns>The assembly to start.</returns>
    public static async Task<string> MakeAsync(CancellationToken cancellationToken)
    {
        var folder = RepositoryFolder.Of(".data", "published-site");
        string[] arguments = ["publish", RepositoryFolder.Of("Deliverybot.Site"), "--no-build", "--configuration", "Release", "--output", folder, "--nologo", "-nodeReuse:false"];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })
            ?? throw new BenchmarkFailedException("dotnet didn't start.");
        var said = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0
            ? Path.Combine(folder, "Deliverybot.Site.dll")
            : throw new BenchmarkFailedException($"The Site can't be published: {said}");
    }
}
