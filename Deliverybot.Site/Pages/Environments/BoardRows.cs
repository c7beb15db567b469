using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;

namespace Deliverybot.Site.Pages.Environments;

/// <summary>What our rows say of a repository's environments.</summary>
/// <param name="Placed">The last success in each environment.</param>
/// <param name="Unfinished">What waits or is on its way, the oldest first.</param>
/// <param name="Recent">The repository's last deployments, the newest first.</param>
/// <param name="Locks">Locks and holds that haven't ended.</param>
internal sealed record BoardRows(
    IReadOnlyList<Deployment> Placed,
    IReadOnlyList<Deployment> Unfinished,
    IReadOnlyList<Deployment> Recent,
    IReadOnlyList<EnvironmentLock> Locks);
