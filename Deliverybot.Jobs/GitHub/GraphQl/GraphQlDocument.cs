using System.Text.Json.Nodes;

namespace Deliverybot.Jobs.GitHub.GraphQl;

/// <summary>A query that is embedded as <c>Name.graphql</c>. All of them can be listed, so that a test can hold them to GitHub's schema.</summary>
internal sealed record GraphQlDocument(string Name, string Text)
{
    private const string Extension = ".graphql";
    private static readonly string Folder = typeof(GraphQlDocument).Namespace + ".";

    public static IReadOnlyList<GraphQlDocument> All { get; } =
    [
        .. typeof(GraphQlDocument).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && name.EndsWith(Extension, StringComparison.Ordinal))
            .Select(name => new GraphQlDocument(name[Folder.Length..^Extension.Length], Read(name))),
    ];

    public static GraphQlDocument Named(string name) =>
        All.SingleOrDefault(document => document.Name == name)
        ?? throw new ArgumentException($"No document {name}{Extension} is embedded.", nameof(name));

    public string BodyWith(JsonObject variables) =>
        new JsonObject { ["query"] = Text, ["variables"] = variables }.ToJsonString();

    private static string Read(string resource)
    {
        using var reader = new StreamReader(typeof(GraphQlDocument).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
