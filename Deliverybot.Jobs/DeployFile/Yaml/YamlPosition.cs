using YamlDotNet.Core;

namespace Deliverybot.Jobs.DeployFile.Yaml;

/// <summary>A place in the file; lines and columns count from 1.</summary>
internal readonly record struct YamlPosition(int Line, int Column)
{
    public static readonly YamlPosition Start = new(1, 1);

    public static YamlPosition Of(Mark mark) => new((int)mark.Line, (int)mark.Column);

    /// <summary>The place of a character of <paramref name="text"/>.</summary>
    public static YamlPosition Of(ReadOnlySpan<char> text, int index)
    {
        var before = text[..index];
        return new(1 + before.Count('\n'), index - before.LastIndexOf('\n'));
    }
}
