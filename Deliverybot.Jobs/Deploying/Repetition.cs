using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Deploying;

/// <summary>An earlier deployment as a rollback repeats it: nothing is rendered again.</summary>
internal sealed record Repetition(DeploymentId Of, RenderedWish.Whole Rendered);
