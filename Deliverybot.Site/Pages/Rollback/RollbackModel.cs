using Deliverybot.Jobs.Rollbacks;
using Deliverybot.Site.Pages.Acts;
using Microsoft.AspNetCore.Mvc;

namespace Deliverybot.Site.Pages.Rollback;

internal sealed class RollbackModel(Actors actors, EnvironmentRollbacks rollbacks) : ActModel(actors)
{
    private const string Title = "That can’t be rolled back";

    [BindProperty]
    public RollbackForm Form { get; set; } = new();

    public override string Subject => $"{Form.Target}";

    protected override string? ReturnTo => Form.ReturnUrl;

    protected override async Task<IActionResult> ActAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(Form.Target))
        {
            return Say(ActAnswer.Unknown(Title, "No target was chosen."));
        }

        var request = new RollbackRequest { RepositoryId = Access.Id, Place = Form.Target.Trim(), By = actor.By };
        return await rollbacks.RollBackAsync(request, actor.GitHub, cancellationToken) switch
        {
            RollbackOutcome.UnderWay way => Done(way.Sentence, way.Id),
            RollbackOutcome.Refused refused => Say(ActAnswer.Refused("Not rolled back", refused.Sentence, refused.Id)),
            RollbackOutcome.NothingBefore nothing => Say(ActAnswer.Refused("There is nothing to go back to", nothing.Sentence)),
            RollbackOutcome.Unknown unknown => Say(ActAnswer.Unknown(Title, unknown.Sentence)),
            RollbackOutcome.Unavailable unavailable => Say(ActAnswer.Unavailable(unavailable.Sentence)),
            var other => throw new InvalidOperationException($"An outcome that is {other} has no meaning here."),
        };
    }
}
