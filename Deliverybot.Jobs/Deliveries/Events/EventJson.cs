using System.Text.Json.Serialization;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.Deliveries.Events;

/// <summary>Reads events tolerantly: fields that GitHub adds are passed over.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    Converters =
    [
        typeof(NameConverters.Commit),
        typeof(NameConverters.Ref),
        typeof(NameConverters.Environment),
        typeof(NameConverters.Deployment),
        typeof(NameConverters.PullRequest),
    ])]
[JsonSerializable(typeof(InstallationRepositoriesEvent))]
[JsonSerializable(typeof(RepositoryEvent))]
[JsonSerializable(typeof(PushEvent))]
[JsonSerializable(typeof(StatusEvent))]
[JsonSerializable(typeof(CheckRunEvent))]
[JsonSerializable(typeof(CheckSuiteEvent))]
[JsonSerializable(typeof(DeploymentEvent))]
[JsonSerializable(typeof(DeploymentStatusEvent))]
[JsonSerializable(typeof(InstallationEvent))]
[JsonSerializable(typeof(IssueCommentEvent))]
[JsonSerializable(typeof(PullRequestEvent))]
[JsonSerializable(typeof(ReleaseEvent))]
internal sealed partial class EventJson : JsonSerializerContext;
