using System.Text.Json.Serialization;

namespace Deliverybot.Jobs.GitHub.Access;

/// <summary>OAuth's answers, which GitHub's REST description doesn't have.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RefreshAnswer))]
internal sealed partial class RefreshJson : JsonSerializerContext;
