using Deliverybot.Data.Names;
using Deliverybot.Site.Pages.Shared;

namespace Deliverybot.Site.Pages.Commit;

/// <summary>Something that happened to a deployment of a commit.</summary>
internal sealed record CommitMoment(DateTimeOffset At, StateView Look, string What, EnvironmentName Environment, DeploymentId Deployment, string? Detail);
