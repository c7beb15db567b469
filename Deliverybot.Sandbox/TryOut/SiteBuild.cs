using System.Diagnostics;
using Deliverybot.Sandbox.Processes;

namespace Deliverybot.Sandbox.TryOut;

/// <summary>The Site, built in the configuration that this program was built in.</summary>
internal static class SiteBuild
{
    /// <summary>The <c>dotnet</c> that started us, or the one on the PATH.</summary>
    public static string DotNet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    public static string ProjectFolder => RepositoryFolder.Of("Deliverybot.Site");

    /// <summary>What <c>dotnet</c> runs: <c>bin/{configuration}/{framework}/Deliverybot.Site.dll</c>.</summary>
    public static string Assembly => Path.Combine(ProjectFolder, "bin", Configuration, Framework.Name, "Deliverybot.Site.dll");

    private static DirectoryInfo Framework => new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    private static string Configuration => Framework.Parent!.Name;

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(DotNet, ["build", ProjectFolder, "-c", Configuration, "-v", "quiet", "-nologo", "-clp:NoSummary", "-nodeReuse:false"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
            {
                throw new TryOutException($"The Site can't be built:{Environment.NewLine}{await output}{await error}");
            }
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
