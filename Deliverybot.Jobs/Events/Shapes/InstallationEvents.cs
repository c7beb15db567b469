using System.Text.Json.Serialization;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core.Repositories;

namespace Deliverybot.Jobs.Events.Shapes;

/// <summary><see href="https://docs.github.com/en/webhooks/webhook-events-and-payloads#installation"/>.</summary>
internal sealed record InstallationEvent(
    string Action, InstallationEvent.Details Installation, IReadOnlyList<InstalledRepository>? Repositories)
{
    internal sealed record Details(long Id);
}

/// <summary><see href="https://docs.github.com/en/webhooks/webhook-events-and-payloads#installation_repositories"/>.</summary>
internal sealed record InstallationRepositoriesEvent(
    string Action,
    InstallationEvent.Details Installation,
    string? RepositorySelection,
    IReadOnlyList<InstalledRepository>? RepositoriesAdded,
    IReadOnlyList<InstalledRepository>? RepositoriesRemoved)
{
    /// <summary>The App is on all of the account's repositories: one that is added is new, as a rule.</summary>
    public bool IsOnAll => RepositorySelection is "all";
}

/// <summary>The short form of a repository in the events of installations.</summary>
internal sealed record InstalledRepository(long Id, [property: JsonPropertyName("full_name")] RepositoryName Name)
{
    public SeenRepository AsSeen() => new(new RepositoryId(Id), Name, DefaultBranch: null);
}

/// <summary><see href="https://docs.github.com/en/webhooks/webhook-events-and-payloads#repository"/>.</summary>
internal sealed record RepositoryEvent(string Action, EventRepository Repository);
