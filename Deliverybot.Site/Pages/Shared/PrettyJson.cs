using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deliverybot.Jobs.GitHub.Reading;

namespace Deliverybot.Site.Pages.Shared;

/// <summary>JSON on several lines, with letters as letters. The page that shows it escapes it for HTML, as any text.</summary>
internal static class PrettyJson
{
    private static readonly JsonSerializerOptions Readable = new() { MaxDepth = TolerantJson.Deepest, WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>Null where there is nothing in it.</returns>
    public static string? Of(string? json) => json is null ? null : JsonNode.Parse(json, documentOptions: TolerantJson.Documents) switch
    {
        null or JsonObject { Count: 0 } or JsonArray { Count: 0 } => null,
        var node => node.ToJsonString(Readable),
    };
}
