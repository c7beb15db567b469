using Deliverybot.Data.Names;
using Deliverybot.Site.Pages.Shared;

namespace Deliverybot.Site.Pages.Repositories;

/// <summary>A repository in a list, with its newest deployment.</summary>
internal sealed record RepositoryLine(RepositoryName Name, string? Description, bool IsPrivate, RepositoryLine.Latest? Newest)
{
    internal sealed record Latest(EnvironmentName Environment, StateView State, DateTimeOffset At, DeploymentId Id);
}
