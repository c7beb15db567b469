using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Locks;

namespace Deliverybot.Site.Pages.Acts;

internal sealed class UnlockForm(EnvironmentLocks locks) : IActForm
{
    public IReadOnlyList<string> Fields => ["environment", "kept", Confirmation.Field];

    public string Title => "Unlock";

    public string SubjectOf(ActFields fields) => $"{fields["environment"]}";

    /// <summary>Nothing is asked about one's own lock for which nothing waits: it just ends.</summary>
    public async Task<Confirmation?> AskAsync(Actor actor, ActFields fields, CancellationToken cancellationToken) =>
        fields["environment"]?.Trim() is { } environment
        && await locks.PreviewAsync(actor, new EnvironmentName(environment), cancellationToken) is { } preview
            ? new Confirmation($"Unlock {environment}", [.. preview.Consequences.Select(consequence => consequence.ToString())], $"Unlock {environment}")
            {
                Fixed = new Dictionary<string, string> { ["kept"] = preview.Kept },
            }
            : null;

    public async Task<ActResult?> DoAsync(Actor actor, ActFields fields, CancellationToken cancellationToken) =>
        fields["environment"] is { } environment
            ? await locks.UnlockAsync(actor, new EnvironmentName(environment.Trim()), fields["kept"], cancellationToken)
            : IActForm.Unread("No environment was named.");
}
