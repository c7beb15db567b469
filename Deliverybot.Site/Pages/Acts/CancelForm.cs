using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Cancelling;
using Deliverybot.Site.Addresses;

namespace Deliverybot.Site.Pages.Acts;

internal sealed class CancelForm(Cancellations cancellations) : IActForm
{
    public IReadOnlyList<string> Fields => ["id"];

    public string Title => "Cancel";

    public string SubjectOf(ActFields fields) => $"Deployment {fields["id"]}";

    public string HomeOf(RepositoryName repository, ActFields fields) =>
        fields.Id is { } id ? Address.Deployment(repository, id) : Address.Repository(repository);

    public async Task<ActResult?> DoAsync(Actor actor, ActFields fields, CancellationToken cancellationToken) =>
        fields.Id is { } id && await cancellations.CancelAsync(actor, id, cancellationToken) is { End: not ActEnd.Unknown } result ? result : null;
}
