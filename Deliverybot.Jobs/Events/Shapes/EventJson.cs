using System.Text.Json.Serialization;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core.Repositories;
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

/// <summary>The repository of an event.</summary>
internal sealed record EventRepository(long Id, string Name, EventAccount Owner, string? DefaultBranch)
{
    public RepositoryName FullName => new(Owner.Login, Name);

    public SeenRepository AsSeen() => new(new RepositoryId(Id), FullName, DefaultBranch);
}

/// <summary>A user, bot or organisation in an event.</summary>
internal sealed record EventAccount(long? Id, string Login, string? Type)
{
    public bool IsBot => Type is "Bot";

    [JsonIgnore]
    public GitHubUser User => new(Id is { } id && id > 0 ? new GitHubUserId(id) : null, new GitHubLogin(Login));

    /// <summary>Nobody, where GitHub names no account any more.</summary>
    public static GitHubUser UserOf(EventAccount? told) =>
        told?.User ?? GitHubUser.Ghost;
}
