using System.Text.Json.Serialization;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.GitHub.GraphQl;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(NameConverters.Commit)])]
[JsonSerializable(typeof(EnvironmentCommitsData))]
[JsonSerializable(typeof(EnvironmentCommitsData.RefNode))]
[JsonSerializable(typeof(EnvironmentCommitsData.CommitNode))]
internal sealed partial class EnvironmentCommitsJson : JsonSerializerContext;
