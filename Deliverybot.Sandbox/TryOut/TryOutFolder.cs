using System.Globalization;
using System.Text.Json;
using Deliverybot.Sandbox.PostgreSql;
using Deliverybot.Sandbox.Processes;

namespace Deliverybot.Sandbox.TryOut;

/// <summary>What is kept from one run to the next: PostgreSQL's data, the App's credentials, the Site's last log.</summary>
internal sealed class TryOutFolder
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly string path;

    public TryOutFolder(string? chosen)
    {
        path = Path.GetFullPath(chosen ?? RepositoryFolder.Of(".data"));
        Directory.CreateDirectory(path);
    }

    public string PostgreSql => Path.Combine(path, "postgres");

    public string SiteLog => Path.Combine(path, "site.log");

    private string FirstStart => Path.Combine(path, "first-start");

    private string App => Path.Combine(path, "app.json");

    /// <summary>Earlier runs have left something.</summary>
    public bool IsUsed => File.Exists(FirstStart);

    public void Reset()
    {
        PrivatePostgreSql.Reset(PostgreSql);
        File.Delete(SiteLog);
        File.Delete(App);
        File.Delete(FirstStart);
    }

    /// <summary>
    /// When what is kept was begun. The stand-in GitHub forgets all when it stops; by this it plants the same past again, which
    /// the Site's database knows.
    /// </summary>
    public DateTimeOffset KeepFirstStart(TimeProvider time)
    {
        if (!File.Exists(FirstStart))
        {
            File.WriteAllText(FirstStart, time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture));
        }

        return DateTimeOffset.ParseExact(File.ReadAllText(FirstStart), "O", CultureInfo.InvariantCulture);
    }

    /// <summary>The same App as last time: sessions and webhooks outlive a restart by it.</summary>
    public async Task<AppCredentials> KeepAppAsync(CancellationToken cancellationToken)
    {
        if (File.Exists(App))
        {
            return JsonSerializer.Deserialize<AppCredentials>(await File.ReadAllBytesAsync(App, cancellationToken), Readable)
                ?? throw new TryOutException($"{App} is empty. Start with --reset to make a new one.");
        }

        var app = AppCredentials.Generate();
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var file = new FileStream(App, options);
        await JsonSerializer.SerializeAsync(file, app, Readable, cancellationToken);
        return app;
    }
}
