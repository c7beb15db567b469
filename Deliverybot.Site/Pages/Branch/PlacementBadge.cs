using Deliverybot.Data.Names;
using Deliverybot.Site.Pages.Shared;

namespace Deliverybot.Site.Pages.Branch;

/// <summary>A commit in an environment: how its last deployment there stands, and why.</summary>
internal sealed record PlacementBadge(EnvironmentName Environment, DeploymentId Deployment, StateView State, string? Reason);
