using System.Globalization;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Cancelling;
using Deliverybot.Site.Addresses;

namespace Deliverybot.Site.Pages.Acts;

internal sealed class CancelForm(Cancellations cancellations) : IActForm
{
    public IReadOnlyList<string> Fields => ["id"];

    public string SubjectOf(ActFields fields) => $"Deployment {fields["id"]}";

    public string HomeOf(RepositoryName repository, ActFields fields) =>
        ReadId(fields) is { } id ? Address.Deployment(repository, id) : Address.Repository(repository);

    public async Task<ActResult?> DoAsync(Actor actor, ActFields fields, CancellationToken cancellationToken) =>
        ReadId(fields) is { } id && await cancellations.CancelAsync(actor, id, cancellationToken) is { End: not ActEnd.Unknown } result ? result : null;

    private static DeploymentId? ReadId(ActFields fields) =>
        long.TryParse(fields["id"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? new DeploymentId(id) : null;
}
