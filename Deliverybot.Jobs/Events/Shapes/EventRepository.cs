using System.Text.Json.Serialization;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core.Repositories;

namespace Deliverybot.Jobs.Events.Shapes;

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
