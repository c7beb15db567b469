using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Promotion;

namespace Deliverybot.Site.Pages.Acts;

internal sealed class PromoteForm(Promotions promotions) : IActForm
{
    public IReadOnlyList<string> Fields => ["sha", "ref", Confirmation.Field];

    public string Title => "Promote";

    public string SubjectOf(ActFields fields) => fields.ShortSha;

    /// <summary>Which target goes on is said; where nothing can be promoted, the act says why.</summary>
    public async Task<Confirmation?> AskAsync(Actor actor, ActFields fields, CancellationToken cancellationToken) =>
        CommitSha.TryParse(fields["sha"], out var sha) && fields.LookedAt(actor.DefaultBranch) is { } lookedAt
        && await promotions.PreviewAsync(actor, new PromotionRequest { Sha = sha, Source = lookedAt }, cancellationToken) is { } told
            ? new Confirmation($"Promote {sha.Short}", [.. told.Select(sentence => sentence.ToString())], $"Promote {sha.Short}")
            : null;

    public async Task<ActResult?> DoAsync(Actor actor, ActFields fields, CancellationToken cancellationToken)
    {
        if (!CommitSha.TryParse(fields["sha"], out var sha))
        {
            return IActForm.Unread($"'{fields["sha"]}' is not a full commit sha: 40 hexadecimal digits.");
        }

        return fields.LookedAt(actor.DefaultBranch) is { } lookedAt
            ? await promotions.PromoteAsync(actor, new PromotionRequest { Sha = sha, Source = lookedAt }, cancellationToken)
            : IActForm.Unread("The repository has no branch yet.");
    }
}
