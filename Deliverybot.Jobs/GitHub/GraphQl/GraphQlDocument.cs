using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Deliverybot.Jobs.GitHub.Reading;
using Deliverybot.Jobs.GitHub.Transport;

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

    /// <returns>Null if what it asks for isn't there, or not the caller's to see.</returns>
    public async Task<T?> SendAsync<T>(GitHubTransport transport, JsonObject variables, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var call = GitHubCall.GraphQl(transport.GraphQlAddress, Name, BodyWith(variables));
        return GraphQlAnswer.Read(transport, await transport.SendAsync(call, cancellationToken), type);
    }

    public string BodyWith(JsonObject variables) =>
        new JsonObject { ["query"] = Text, ["variables"] = variables }.ToJsonString();

    private static string Read(string resource)
    {
        using var reader = new StreamReader(typeof(GraphQlDocument).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}

/// <summary>Takes GraphQL's answer apart, which says 200 to nearly everything.</summary>
internal static class GraphQlAnswer
{
    /// <summary>A page that begins nowhere: somebody has written into its address, and there is nothing on it.</summary>
    private const string InvalidCursor = "INVALID_CURSOR_ARGUMENTS";

    public static T? Read<T>(GitHubTransport transport, GitHubAnswer answer, JsonTypeInfo<T> type)
        where T : class
    {
        answer.EnsureSuccess();
        using var document = Parse(answer);
        var errors = document.RootElement.TryGetProperty("errors", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().ToArray()
            : [];
        if (errors.Any(error => TypeOf(error) is "RATE_LIMITED" or "RATE_LIMIT"))
        {
            throw transport.GraphQlLimitReached(answer.Call, WordsOf(errors));
        }

        // What can't be seen is null and an error beside it; the rest of the answer is good.
        if (errors.Any(error => TypeOf(error) is not ("NOT_FOUND" or "FORBIDDEN" or InvalidCursor)))
        {
            throw new GitHubRefusedException(answer.Status, WordsOf(errors), answer.Call.ToString());
        }

        return document.RootElement.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object
            ? Read(answer, data, type)
            : null;
    }

    private static JsonDocument Parse(GitHubAnswer answer)
    {
        try
        {
            var document = JsonDocument.Parse(SoundText.Of(Encoding.UTF8.GetBytes(answer.Body)), TolerantJson.Documents);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document : throw new JsonException("It is no object.");
        }
        catch (JsonException fault)
        {
            throw new UnreadableAnswerException(answer.Call.ToString(), fault);
        }
    }

    private static T? Read<T>(GitHubAnswer answer, JsonElement data, JsonTypeInfo<T> type)
    {
        try
        {
            return TolerantJson.Read(data, type);
        }
        catch (JsonException fault)
        {
            throw new UnreadableAnswerException(answer.Call.ToString(), fault);
        }
    }

    private static string? TypeOf(JsonElement error) =>
        error.ValueKind == JsonValueKind.Object && error.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null;

    private static string WordsOf(IEnumerable<JsonElement> errors) =>
        string.Join("; ", errors.Select(error => error.ValueKind == JsonValueKind.Object && error.TryGetProperty("message", out var message) ? message.ToString() : "no words"));
}
