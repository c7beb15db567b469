using System.Globalization;
using YamlDotNet.Core;

namespace Deliverybot.Jobs.DeployFile.Faults;

/// <summary>One fault of a <c>deploy.yml</c>. Lines and columns count from 1; the path is the key's, empty for the file itself.</summary>
internal sealed record DeployFileError(int Line, int Column, string Path, string Message)
{
    public override string ToString() =>
        Path.Length == 0
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"line {Line}, column {Column}: {Message}")
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"line {Line}, column {Column}: {Path} {Message}");
}

/// <summary>Gathers the errors of one file. Nobody reads past the first two hundred, and a hostile file could have very many.</summary>
internal sealed class DeployFileErrors
{
    private const int Most = 200;

    private readonly List<DeployFileError> errors = [];

    public int Count => errors.Count;

    /// <summary>Whether more errors would be left out, so that nobody need take pains to word them.</summary>
    public bool IsFull => errors.Count == Most;

    public void Add(YamlPosition position, NodePath path, string message)
    {
        if (!IsFull)
        {
            errors.Add(new DeployFileError(position.Line, position.Column, path.ToString(), message));
        }
    }

    public IReadOnlyList<DeployFileError> InOrder() => [.. errors.Distinct().OrderBy(error => error.Line).ThenBy(error => error.Column)];
}

/// <summary>The way from the file's root to a node: <c>production.required_contexts[0]</c>.</summary>
internal sealed class NodePath
{
    public static readonly NodePath Root = new(null, "", -1);

    private readonly NodePath? parent;
    private readonly string key;
    private readonly int index;

    private NodePath(NodePath? parent, string key, int index)
    {
        this.parent = parent;
        this.key = key;
        this.index = index;
    }

    public NodePath Key(string name) => new(this, name, -1);

    public NodePath Item(int number) => new(this, "", number);

    public override string ToString()
    {
        if (parent is null)
        {
            return "";
        }

        var before = parent.ToString();
        return index >= 0
            ? string.Create(CultureInfo.InvariantCulture, $"{before}[{index}]")
            : before.Length == 0 ? Shown.Short(key) : $"{before}.{Shown.Short(key)}";
    }
}

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
