using System.Text.Json.Serialization;
using Deliverybot.Jobs.GitHub.Reading;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.GitHub.GraphQl;

/// <summary>GraphQL names its fields in camel case.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters =
    [
        typeof(MomentConverter),
        typeof(NameConverters.Commit),
        typeof(NameConverters.Login),
        typeof(NameConverters.Repository),
        typeof(NameConverters.RepositoryNumber),
    ])]
[JsonSerializable(typeof(CommitsPageData))]
internal sealed partial class CommitsPageJson : JsonSerializerContext;
