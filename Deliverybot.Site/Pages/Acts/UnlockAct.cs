using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Locks;

namespace Deliverybot.Site.Pages.Acts;

internal sealed class UnlockAct(EnvironmentLocks locks) : IAct
{
    public string SubjectOf(ActFields fields) => $"{fields.Environment}";

    public async Task<ActResult?> DoAsync(Actor actor, ActFields fields, CancellationToken cancellationToken) =>
        string.IsNullOrWhiteSpace(fields.Environment)
            ? IAct.Unread("No environment was named.")
            : await locks.UnlockAsync(actor, new EnvironmentName(fields.Environment.Trim()), cancellationToken);
}
