using System.Text.Json.Nodes;

namespace Deliverybot.Site.Slack.SlackNet;

/// <summary>What is said at once.</summary>
/// <param name="Message">Block Kit, with who sees it.</param>
internal sealed record SlashCommandResponse(JsonObject Message);
