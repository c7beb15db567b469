using System.Text.Json.Serialization;

namespace Deliverybot.Site.Slack.SlackNet;

/// <summary>What Slack's Events API sends (<see href="https://docs.slack.dev/apis/events-api#event_type_structure"/>); the fields that are needed.</summary>
internal sealed record SlackEvent(string? Type, string? Challenge, [property: JsonPropertyName("team_id")] string? TeamId, SlackEvent.Inner? Event)
{
    internal sealed record Inner(string? Type);
}
