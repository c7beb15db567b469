using System.Text.Json.Nodes;

namespace Deliverybot.Sandbox.Rest;

/// <summary>What a route answers.</summary>
internal sealed record RestAnswer(int Status, JsonNode? Body = null)
{
    public Dictionary<string, string> Headers { get; init; } = [];

    /// <summary>Sent in place of <see cref="Body"/>.</summary>
    public byte[]? Raw { get; init; }

    public string ContentType { get; init; } = "application/json; charset=utf-8";

    public static RestAnswer Ok(JsonNode body) => new(200, body);

    public static RestAnswer Created(JsonNode body) => new(201, body);

    public static RestAnswer NoContent { get; } = new(204);
}
