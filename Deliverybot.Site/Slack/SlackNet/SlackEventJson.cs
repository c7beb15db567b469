using System.Text.Json.Serialization;

namespace Deliverybot.Site.Slack.SlackNet;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SlackEvent))]
internal sealed partial class SlackEventJson : JsonSerializerContext;
