using System.Diagnostics;

namespace Deliverybot.Benchmarks.SiteProcess;

/// <summary>Keeps what the Site writes in a file, so that its end can be shown when something goes wrong.</summary>
internal sealed class SiteLog : IAsyncDisposable
{
    private const int TailLength = 4_000;

    private readonly string path;
    private readonly FileStream file;
    private readonly Task copying;

    private SiteLog(Process process)
    {
        path = Path.Combine(Path.GetTempPath(), $"deliverybot-benchmarks-site-{process.Id}.log");
        file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1, useAsync: true);
        copying = Task.WhenAll(
            process.StandardOutput.BaseStream.CopyToAsync(file),
            process.StandardError.BaseStream.CopyToAsync(file));
    }

    public static SiteLog Of(Process process) => new(process);

    public string Tail()
    {
        var text = File.ReadAllText(path);
        return $" It wrote last:{Environment.NewLine}{(text.Length > TailLength ? text[^TailLength..] : text)}";
    }

    public async ValueTask DisposeAsync()
    {
        await copying;
        await file.DisposeAsync();
        File.Delete(path);
    }
}
