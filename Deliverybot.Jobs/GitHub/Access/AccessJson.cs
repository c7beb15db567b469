using System.Text.Json.Serialization;
using Deliverybot.Jobs.GitHub.Reading;

namespace Deliverybot.Jobs.GitHub.Access;

/// <summary>The App, those who use it, and where it is let in. Fields that we don't know are skipped, and those that GitHub leaves out stay null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(MomentConverter),
        typeof(NameConverters.Login),
        typeof(NameConverters.Repository),
        typeof(NameConverters.Installation),
        typeof(NameConverters.RepositoryNumber),
        typeof(NameConverters.User),
    ])]
[JsonSerializable(typeof(CollaboratorGrant))]
[JsonSerializable(typeof(Dictionary<string, long>))]
[JsonSerializable(typeof(GitHubAccount))]
[JsonSerializable(typeof(GitHubApp))]
[JsonSerializable(typeof(GitHubInstallation))]
[JsonSerializable(typeof(GitHubInstallation[]))]
[JsonSerializable(typeof(GitHubInstallation.Page), TypeInfoPropertyName = "GitHubInstallationPage")]
[JsonSerializable(typeof(HookConfig))]
[JsonSerializable(typeof(HookDelivery[]))]
[JsonSerializable(typeof(RepositoryInfo))]
[JsonSerializable(typeof(RepositoryPage))]
[JsonSerializable(typeof(TokenToRevoke))]
internal sealed partial class AccessJson : JsonSerializerContext;
