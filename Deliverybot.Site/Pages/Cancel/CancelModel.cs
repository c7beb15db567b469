using System.Globalization;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Site.Pages.Acts;
using Deliverybot.Site.Pages.Deployments;
using Microsoft.AspNetCore.Mvc;

namespace Deliverybot.Site.Pages.Cancel;

internal sealed class CancelModel(Actors actors, Cancellations cancellations) : ActModel(actors)
{
    [BindProperty]
    public CancelForm Form { get; set; } = new();

    public override string Subject => $"Deployment {Form.Id}";

    protected override string? ReturnTo => Form.ReturnUrl;

    protected override string Home => ReadId() is { } id ? DeploymentsLinks.One(Access.Name, id) : base.Home;

    protected override async Task<IActionResult> ActAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (ReadId() is not { } id)
        {
            return NotFound();
        }

        return await cancellations.CancelAsync(Access.Id, id, actor.By, cancellationToken) switch
        {
            CancelOutcome.Cancelled cancelled => Done(cancelled.Sentence, id),
            CancelOutcome.NotWaiting past => Say(ActAnswer.Refused("There is nothing to cancel", past.Sentence, id)),
            CancelOutcome.Unknown => NotFound(),
            var other => throw new InvalidOperationException($"An outcome that is {other} has no meaning here."),
        };
    }

    private DeploymentId? ReadId() =>
        long.TryParse(Form.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? new DeploymentId(id) : null;
}
