using System.Text.Json.Serialization;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.GitHub.GraphQl;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(NameConverters.Commit)])]
[JsonSerializable(typeof(ChangedFileData))]
internal sealed partial class ChangedFileJson : JsonSerializerContext;
