using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Cancelling;
using Deliverybot.Site.Addresses;

namespace Deliverybot.Site.Pages.Acts;

internal sealed class CancelForm(Cancellations cancellations) : IActForm
{
    public IReadOnlyList<string> Fields => ["id", Confirmation.Field];

    public string Title => "Cancel";

    public string SubjectOf(ActFields fields) => $"Deployment {fields["id"]}";

    public string HomeOf(RepositoryName repository, ActFields fields) =>
        fields.Id is { } id ? Address.Deployment(repository, id) : Address.Repository(repository);

    /// <summary>Where it waits no more, the act says so.</summary>
    public async Task<Confirmation?> AskAsync(Actor actor, ActFields fields, CancellationToken cancellationToken) =>
        fields.Id is { } id && await cancellations.PreviewAsync(actor.Repository, id, cancellationToken) is { } ends
            ? new Confirmation("Cancel it", [ends.ToString()], "Cancel it")
            : null;

    public async Task<ActResult?> DoAsync(Actor actor, ActFields fields, CancellationToken cancellationToken) =>
        fields.Id is { } id && await cancellations.CancelAsync(actor, id, cancellationToken) is { End: not ActEnd.Unknown } result ? result : null;
}
