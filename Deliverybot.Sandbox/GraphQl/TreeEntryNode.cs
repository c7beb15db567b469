namespace Deliverybot.Sandbox.GraphQl;

/// <summary>A file of a commit.</summary>
internal sealed class TreeEntryNode(string path, string blob)
{
    public string Name => path[(path.LastIndexOf('/') + 1)..];

    public string Path => path;

    public string Oid => blob;
}
