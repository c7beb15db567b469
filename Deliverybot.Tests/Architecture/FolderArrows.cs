using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Deliverybot.Tests.Architecture;

/// <summary>
/// Which folders of a project use which others, as its source says: a namespace is its folder, and what nobody needs isn't imported
/// (IDE0130, IDE0005). What stands above a folder needs no import there, so it is looked for by its name.
/// </summary>
/// <param name="project">Its files at the root put it together, and aren't looked at.</param>
/// <param name="depth">What lies deeper belongs to the folder of that level.</param>
/// <param name="composing">Folders whose own files put together what lies below.</param>
internal sealed partial class FolderArrows(string project, int depth, params string[] composing)
{
    private readonly IReadOnlyList<(string Folder, string Text)> files =
    [
        .. from file in SourceTree.Files
           let name = SourceTree.ShortName(file)
           where name.StartsWith($"{project}/", StringComparison.Ordinal) && Path.GetExtension(name) is ".cs" or ".cshtml"
           let folder = Above(name)[project.Length..].TrimStart('/')
           where folder.Length > 0 && !composing.Contains(folder)
           select (folder, Words().Replace(File.ReadAllText(file), "")),
    ];

    /// <summary>The sets of folders of which each is reached from each other.</summary>
    public IReadOnlyList<string> Circles()
    {
        var arrows = All().ToLookup(arrow => arrow.From, arrow => arrow.To);
        var reached = arrows.Select(from => from.Key).ToDictionary(from => from, from => ReachedFrom(from, arrows));
        return
        [
            .. reached.Where(from => from.Value.Contains(from.Key))
                .Select(from => string.Join(", ", from.Value.Where(to => reached.GetValueOrDefault(to)?.Contains(from.Key) == true).Order(StringComparer.Ordinal)))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }

    public IEnumerable<(string From, string To)> All()
    {
        var folders = files.Select(file => file.Folder).ToFrozenSet(StringComparer.Ordinal);
        var types = files.SelectMany(file => Declared().Matches(file.Text).Select(type => (file.Folder, Name: type.Groups[1].Value)))
            .Distinct()
            .ToLookup(type => type.Folder, type => type.Name);
        return files
            .SelectMany(file => Imported(file.Text, folders).Concat(Inherited(file, types)).Select(to => (From: Level(file.Folder), To: Level(to))))
            .Where(arrow => arrow.From != arrow.To)
            .Distinct();
    }

    /// <summary>Namespaces, and views that are named by their path.</summary>
    private IEnumerable<string> Imported(string text, FrozenSet<string> folders) =>
        Regex.Matches(text, $@"(?<!namespace )(?<!StoredAs\("")\b{Regex.Escape(project)}((?:\.\w+)+)|""/(Pages/\w+)/")
            .Select(use => use.Groups[1].Success ? use.Groups[1].Value[1..].Replace('.', '/') : use.Groups[2].Value)
            .Select(path => WithThoseAbove(path).FirstOrDefault(folders.Contains))
            .OfType<string>();

    private static IEnumerable<string> Inherited((string Folder, string Text) file, ILookup<string, string> types) =>
        WithThoseAbove(Above(file.Folder)).Where(above => types[above].Any(name => Regex.IsMatch(file.Text, $@"(?<![\w.]){name}\b")));

    private static HashSet<string> ReachedFrom(string from, ILookup<string, string> arrows)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var next = new Stack<string>([from]);
        while (next.TryPop(out var folder))
        {
            foreach (var to in arrows[folder].Where(reached.Add))
            {
                next.Push(to);
            }
        }

        return reached;
    }

    private string Level(string folder) => string.Join('/', folder.Split('/').Take(depth));

    private static IEnumerable<string> WithThoseAbove(string path)
    {
        for (var folder = path; folder.Length > 0; folder = Above(folder))
        {
            yield return folder;
        }
    }

    private static string Above(string path) => path.LastIndexOf('/') is var end and > 0 ? path[..end] : "";

    /// <summary>Comments, and how a sentence in quotes begins: no code does so.</summary>
    [GeneratedRegex(@"^\s*//.*$|""[A-Z][a-z]+ (?=[a-z{])", RegexOptions.Multiline)]
    private static partial Regex Words();

    [GeneratedRegex(@"^(?:public |internal )?(?:static |sealed |abstract |partial |readonly )*(?:class|record struct|record|struct|interface|enum) (\w+)", RegexOptions.Multiline)]
    private static partial Regex Declared();
}
