using Deliverybot.Sandbox.Processes;

namespace Deliverybot.Tests.Architecture;

/// <summary>The source as it lies in the working copy, without what is built or fetched.</summary>
internal static class SourceTree
{
    private static readonly string[] NotOurs = ["bin", "obj", "node_modules", "lib", "TestResults"];

    private static readonly string[] Endings = [".cs", ".cshtml", ".razor", ".css", ".js", ".csproj", ".props", ".targets", ".graphql", ".yml", ".md"];

    public static IReadOnlyList<string> Folders { get; } =
        [.. Directory.GetDirectories(RepositoryFolder.Of()).Where(IsOurs).SelectMany(WithFolders)];

    public static IReadOnlyList<string> Files { get; } =
        [.. Folders.SelectMany(Directory.GetFiles).Where(file => Endings.Contains(Path.GetExtension(file)))];

    public static IEnumerable<string> Projects => Files.Where(file => Path.GetExtension(file) == ".csproj");

    /// <summary>The C# that is written by hand and runs in production.</summary>
    public static IEnumerable<string> Product =>
        Files.Where(file => Path.GetExtension(file) == ".cs" && !ShortName(file).StartsWith("Deliverybot.Tests/", StringComparison.Ordinal) && !ShortName(file).StartsWith("migrations/", StringComparison.Ordinal));

    public static string ShortName(string path) => Path.GetRelativePath(RepositoryFolder.Of(), path).Replace('\\', '/');

    private static IEnumerable<string> WithFolders(string folder) =>
        Directory.GetDirectories(folder).Where(IsOurs).SelectMany(WithFolders).Prepend(folder);

    private static bool IsOurs(string folder) =>
        Path.GetFileName(folder) is var name && !name.StartsWith('.') && !NotOurs.Contains(name);
}
