using System.Collections.Frozen;
using System.Xml.Linq;

namespace Deliverybot.Site.Pages.Shared.Icons;

/// <summary>The Bootstrap Icons that the project file lists, as the paths inside their <c>svg</c> element.</summary>
public sealed class IconFiles
{
    private const string Prefix = "icons/";
    private const string Suffix = ".svg";

    private readonly FrozenDictionary<string, string> paths = ReadAll().ToFrozenDictionary(StringComparer.Ordinal);

    public string this[string name] =>
        paths.TryGetValue(name, out var path)
            ? path
            : throw new ArgumentException($"The icon '{name}' is not among those that Deliverybot.Site.csproj embeds.", nameof(name));

    private static IEnumerable<KeyValuePair<string, string>> ReadAll()
    {
        var assembly = typeof(IconFiles).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var svg = XElement.Load(stream);
            var paths = svg.Elements().Select(element => new XElement(element.Name.LocalName, element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration)));
            yield return KeyValuePair.Create(
                resource[Prefix.Length..^Suffix.Length],
                string.Concat(paths.Select(path => path.ToString(SaveOptions.DisableFormatting))));
        }
    }
}
