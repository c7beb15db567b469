using Deliverybot.Jobs.Locks;
using Deliverybot.Site.Pages.Acts;
using Microsoft.AspNetCore.Mvc;

namespace Deliverybot.Site.Pages.Unlock;

internal sealed class UnlockModel(Actors actors, EnvironmentLocks locks) : ActModel(actors)
{
    private const string Title = "That can’t be unlocked";

    [BindProperty]
    public UnlockForm Form { get; set; } = new();

    public override string Subject => $"{Form.Environment}";

    protected override string? ReturnTo => Form.ReturnUrl;

    protected override async Task<IActionResult> ActAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(Form.Environment))
        {
            return Say(ActAnswer.Unknown(Title, "No environment was named."));
        }

        var environment = new EnvironmentName(Form.Environment.Trim());
        return await locks.UnlockAsync(Access.Id, environment, actor.By, actor.GitHub, cancellationToken) switch
        {
            UnlockOutcome.Unlocked unlocked => Done(unlocked.Sentence),
            UnlockOutcome.NothingLocked nothing => Say(ActAnswer.Refused("There is nothing to unlock", nothing.Sentence)),
            UnlockOutcome.Unknown unknown => Say(ActAnswer.Unknown(Title, unknown.Sentence)),
            UnlockOutcome.Unavailable unavailable => Say(ActAnswer.Unavailable(unavailable.Sentence)),
            var other => throw new InvalidOperationException($"An outcome that is {other} has no meaning here."),
        };
    }
}
