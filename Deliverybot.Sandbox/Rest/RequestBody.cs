using System.Text.Json;
using System.Text.Json.Nodes;

namespace Deliverybot.Sandbox.Rest;

/// <summary>Reads a JSON or form body into one shape.</summary>
internal static class RequestBody
{
    public static async Task<JsonObject> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (HttpMethods.IsGet(request.Method))
        {
            return [];
        }

        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync(cancellationToken);
            return new JsonObject(form.Select(field => new KeyValuePair<string, JsonNode?>(field.Key, JsonValue.Create((string?)field.Value))));
        }

        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancellationToken);
        if (buffer.Length == 0)
        {
            return [];
        }

        try
        {
            return JsonNode.Parse(buffer.GetBuffer().AsSpan(0, (int)buffer.Length), documentOptions: DeepJson.Taken) as JsonObject
                ?? throw RestRefusal.Of(400, "Body should be a JSON object");
        }
        catch (JsonException)
        {
            throw RestRefusal.Of(400, "Problems parsing JSON");
        }
    }
}
