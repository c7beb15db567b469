using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Locks;

namespace Deliverybot.Site.Pages.Acts;

internal sealed class UnlockForm(EnvironmentLocks locks) : IActForm
{
    public IReadOnlyList<string> Fields => ["environment"];

    public string Title => "Unlock";

    public string SubjectOf(ActFields fields) => $"{fields["environment"]}";

    public async Task<ActResult?> DoAsync(Actor actor, ActFields fields, CancellationToken cancellationToken) =>
        fields["environment"] is { } environment
            ? await locks.UnlockAsync(actor, new EnvironmentName(environment.Trim()), cancellationToken)
            : IActForm.Unread("No environment was named.");
}
