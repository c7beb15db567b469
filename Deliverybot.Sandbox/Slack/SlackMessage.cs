using System.Text.Json.Nodes;

namespace Deliverybot.Sandbox.Slack;

/// <summary>A message, as the app sent it.</summary>
/// <param name="Body">Text and blocks.</param>
/// <param name="Times">How often it was replaced.</param>
public sealed record SlackMessage(JsonObject Body, int Times = 0)
{
    public bool InChannel => (string?)Body["response_type"] == "in_channel";

    public string Text => (string?)Body["text"] ?? "";

    /// <summary>Every text of its blocks, with their types.</summary>
    public IReadOnlyList<(string Block, string Type, string Text)> Texts =>
    [
        .. from block in Body["blocks"]?.AsArray().OfType<JsonObject>() ?? []
            from text in block["text"] is JsonObject one ? [one] : block["elements"]?.AsArray().OfType<JsonObject>() ?? []
            select ((string)block["type"]!, (string)text["type"]!, (string)text["text"]!),
    ];
}
