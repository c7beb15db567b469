using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Locks;

namespace Deliverybot.Site.Pages.Acts;

internal sealed class UnlockForm(EnvironmentLocks locks) : IActForm
{
    public IReadOnlyList<string> Fields => ["environment", Confirmation.Field];

    public string Title => "Unlock";

    public string SubjectOf(ActFields fields) => $"{fields["environment"]}";

    /// <summary>One's own lock just ends.</summary>
    public async Task<Confirmation?> AskAsync(Actor actor, ActFields fields, CancellationToken cancellationToken) =>
        fields["environment"]?.Trim() is { } environment
        && await locks.PreviewAsync(actor, new EnvironmentName(environment), cancellationToken) is { Count: > 0 } consequences
            ? new Confirmation($"Unlock {environment}", [.. consequences.Select(consequence => consequence.ToString())], $"Unlock {environment}")
            : null;

    public async Task<ActResult?> DoAsync(Actor actor, ActFields fields, CancellationToken cancellationToken) =>
        fields["environment"] is { } environment
            ? await locks.UnlockAsync(actor, new EnvironmentName(environment.Trim()), cancellationToken)
            : IActForm.Unread("No environment was named.");
}
