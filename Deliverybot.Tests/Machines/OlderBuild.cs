using System.Diagnostics;
using Deliverybot.Sandbox.Processes;
using Shouldly;

namespace Deliverybot.Tests.Machines;

/// <summary>The Site as it was at a revision of this repository, built in a folder of its own.</summary>
internal sealed class OlderBuild : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("deliverybot-before-");

    private string Tree => Path.Combine(folder.FullName, "tree");

    public string Assembly => Path.Combine(folder.FullName, "out", "Deliverybot.Site.dll");

    /// <param name="revision">As git takes it: <c>HEAD~1</c>, a tag, a commit.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<OlderBuild> MakeAsync(string revision, CancellationToken cancellationToken)
    {
        var build = new OlderBuild();
        try
        {
            await RunAsync("git", ["-C", RepositoryFolder.Of(), "worktree", "add", "--detach", build.Tree, revision], cancellationToken);
            await RunAsync(
                "dotnet",
                ["publish", Path.Combine(build.Tree, "Deliverybot.Site"), "-c", "Release", "-o", Path.Combine(build.folder.FullName, "out"), "--nologo", "-nodeReuse:false", "-p:RunAnalyzers=false"],
                cancellationToken);
            return build;
        }
        catch
        {
            await build.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("git", ["-C", RepositoryFolder.Of(), "worktree", "remove", "--force", Tree], CancellationToken.None);
        folder.Delete(recursive: true);
    }

    private static async Task RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        process.ExitCode.ShouldBe(0, said);
    }
}
