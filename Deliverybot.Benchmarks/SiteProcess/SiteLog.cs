using System.Diagnostics;
using Deliverybot.Sandbox.Processes;

namespace Deliverybot.Benchmarks.SiteProcess;

/// <summary>Keeps what the Site writes; the file stays after the run, until the next Site is started.</summary>
internal sealed class SiteLog : IAsyncDisposable
{
    private const int TailLength = 4_000;

    private readonly FileStream file = new(
        OpenFolder(), FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 1, useAsync: true);

    private readonly Task copying;

    private SiteLog(Process process) => copying = Task.WhenAll(
        process.StandardOutput.BaseStream.CopyToAsync(file),
        process.StandardError.BaseStream.CopyToAsync(file));

    public static string FilePath { get; } = RepositoryFolder.Of(".data", "benchmarks-site.log");

    public static SiteLog Of(Process process) => new(process);

    public static string Tail()
    {
        using var reading = new StreamReader(new FileStream(FilePath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var text = reading.ReadToEnd();
        return $" The end of {FilePath}:{Environment.NewLine}{(text.Length > TailLength ? text[^TailLength..] : text)}";
    }

    public async ValueTask DisposeAsync()
    {
        await copying;
        await file.DisposeAsync();
    }

    private static string OpenFolder()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        return FilePath;
    }
}
