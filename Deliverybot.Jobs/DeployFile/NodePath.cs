using System.Globalization;

namespace Deliverybot.Jobs.DeployFile;

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
