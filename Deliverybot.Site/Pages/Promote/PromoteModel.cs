using Deliverybot.Data.Names;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Jobs.Promotion;
using Deliverybot.Site.Pages.Acts;
using Microsoft.AspNetCore.Mvc;

namespace Deliverybot.Site.Pages.Promote;

internal sealed class PromoteModel(Actors actors, Promotions promotions) : ActModel(actors)
{
    private const string Title = "That can’t be promoted";

    [BindProperty]
    public PromoteForm Form { get; set; } = new();

    public override string Subject => CommitSha.TryParse(Form.Sha, out var sha) ? sha.Short : "?";

    protected override string? ReturnTo => Form.ReturnUrl;

    protected override async Task<IActionResult> ActAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (!CommitSha.TryParse(Form.Sha, out var sha))
        {
            return Say(ActAnswer.Unknown(Title, $"'{Form.Sha}' is not a full commit sha: 40 hexadecimal digits."));
        }

        if ((LookedAtForm.Read(Form.Ref) ?? Access.DefaultBranch) is not { } branch)
        {
            return Say(ActAnswer.Unknown(Title, "The repository has no branch yet."));
        }

        var request = new PromotionRequest { RepositoryId = Access.Id, Sha = sha, Source = new CommitSource.LookedAt(branch), By = actor.By };
        return await promotions.PromoteAsync(request, actor.GitHub, cancellationToken) switch
        {
            PromotionOutcome.Promoted promoted => Done(promoted.Sentence),
            PromotionOutcome.AlreadyPromoted already => Done(already.Sentence),
            PromotionOutcome.Refused refused => Say(ActAnswer.Refused("Not promoted", refused.Sentence)),
            PromotionOutcome.Unknown unknown => Say(ActAnswer.Unknown(Title, unknown.Sentence)),
            PromotionOutcome.Unavailable unavailable => Say(ActAnswer.Unavailable(unavailable.Sentence)),
            var other => throw new InvalidOperationException($"An outcome that is {other} has no meaning here."),
        };
    }
}
