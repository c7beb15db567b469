namespace Deliverybot.Jobs.Deliveries.Events;

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
