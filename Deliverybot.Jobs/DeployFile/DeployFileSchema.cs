using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Deliverybot.Jobs.DeployFile;

/// <summary>The JSON Schema (draft 7) of <c>deploy.yml</c>, for editors: the file's frame from a resource, a target's keys from their table.</summary>
internal static class DeployFileSchema
{
    private const string Resource = "deploy.schema.json";

    private static readonly JsonWriterOptions Written = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema's bytes, in UTF-8.</summary>
    public static ReadOnlyMemory<byte> Utf8Json { get; } = Bytes(Compose());

    /// <summary>What a target shares with the entries of <c>deployments</c> is a definition, to which both refer.</summary>
    private static JsonNode Compose()
    {
        var frame = Frame();
        var definitions = frame["definitions"]!;
        var properties = definitions["target"]!["properties"]!;
        foreach (var key in DeployKeys.All)
        {
            if (DeployKeys.OfDeployments.Contains(key))
            {
                definitions[key.Name] = key.ToSchema();
                properties[key.Name] = new JsonObject { ["$ref"] = $"#/definitions/{key.Name}" };
            }
            else
            {
                properties[key.Name] = key.ToSchema();
            }
        }

        definitions["span"] = JsonNode.Parse(TimeKeys.SpanSchema);
        var block = definitions["block"]!["properties"]!;
        foreach (var key in RuleKeys.All)
        {
            block[key.Name] = key.ToSchema();
        }

        return frame;
    }

    private static JsonNode Frame()
    {
        using var resource = typeof(DeployFileSchema).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {Resource}.");
        return JsonNode.Parse(resource) ?? throw new InvalidOperationException($"The resource {Resource} is no object.");
    }

    private static byte[] Bytes(JsonNode schema)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Written))
        {
            schema.WriteTo(writer);
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }
}
