using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Gates;

namespace Deliverybot.Site.Pages.Shared;

/// <summary>
/// Whether many deployments may be done once more, by what is at hand: where the form would refuse it because of the file, a freeze or
/// somebody's lock, it isn't offered. What GitHub alone knows of one of them is found out where that is shown by itself (<see cref="NextSteps"/>).
/// </summary>
/// <param name="File">The default branch's.</param>
/// <param name="By">Who looks.</param>
internal sealed record AgainOffer(DeployFileState File, GitHubUser By, DateTimeOffset Now)
{
    /// <param name="held">Who keeps the environment as it is.</param>
    /// <returns>Null where it would be refused.</returns>
    public AgainView? Judge(AgainView? again, EnvironmentName environment, EnvironmentLock? held)
    {
        if (again is null || File == DeployFileState.Unreadable.Unanswered)
        {
            return again;
        }

        return File is DeployFileState.Valid { Targets: var targets } && targets.Find(again.Target) is { } target
            && (again.IsElsewhere
                || ((held is null || held.Until <= Now || held.Holder.IsSameAs(By)) && Closure.Of([target], environment, Now) is not [{ IsFreeze: true }, ..]))
            ? again
            : null;
    }
}
