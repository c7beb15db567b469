using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Promotion;

namespace Deliverybot.Site.Pages.Acts;

internal sealed class PromoteAct(Promotions promotions) : IAct
{
    public string SubjectOf(ActFields fields) => fields.ShortSha;

    public async Task<ActResult?> DoAsync(Actor actor, ActFields fields, CancellationToken cancellationToken)
    {
        if (!CommitSha.TryParse(fields.Sha, out var sha))
        {
            return IAct.Unread($"'{fields.Sha}' is not a full commit sha: 40 hexadecimal digits.");
        }

        return fields.LookedAt(actor.DefaultBranch) is { } lookedAt
            ? await promotions.PromoteAsync(actor, new PromotionRequest { Sha = sha, Source = lookedAt }, cancellationToken)
            : IAct.Unread("The repository has no branch yet.");
    }
}
