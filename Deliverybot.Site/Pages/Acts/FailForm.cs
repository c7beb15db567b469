using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Failing;
using Deliverybot.Site.Addresses;

namespace Deliverybot.Site.Pages.Acts;

internal sealed class FailForm(FailureMarks marks) : IActForm
{
    public IReadOnlyList<string> Fields => ["id", Confirmation.Field];

    public string Title => "Mark as failed";

    public string SubjectOf(ActFields fields) => $"Deployment {fields["id"]}";

    public string HomeOf(RepositoryName repository, ActFields fields) =>
        fields.Id is { } id ? Address.Deployment(repository, id) : Address.Repository(repository);

    /// <summary>Where it can't be marked, the act says why.</summary>
    public async Task<Confirmation?> AskAsync(Actor actor, ActFields fields, CancellationToken cancellationToken) =>
        fields.Id is { } id && await marks.PreviewAsync(actor.Repository, id, cancellationToken) is { Count: > 0 } consequences
            ? new Confirmation("Mark it as failed", [.. consequences.Select(consequence => consequence.ToString())], "Mark as failed")
            : null;

    public async Task<ActResult?> DoAsync(Actor actor, ActFields fields, CancellationToken cancellationToken) =>
        fields.Id is { } id && await marks.MarkAsync(actor, id, cancellationToken) is { End: not ActEnd.Unknown } result ? result : null;
}
