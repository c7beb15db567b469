using System.Text.Json.Serialization;
using Deliverybot.Jobs.GitHub.Reading;

namespace Deliverybot.Jobs.Events.Shapes;

/// <summary>What is read of events. A field that is declared as nullable isn't needed (<see cref="TolerantJson"/>); those that GitHub adds are passed over.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    Converters =
    [
        typeof(MomentConverter),
        typeof(NameConverters.Commit),
        typeof(NameConverters.Ref),
        typeof(NameConverters.Environment),
        typeof(NameConverters.Deployment),
        typeof(NameConverters.PullRequest),
        typeof(NameConverters.Repository),
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
