using System.Globalization;
using Deliverybot.Jobs.Locks;
using Deliverybot.Site.Pages.Acts;
using Microsoft.AspNetCore.Mvc;

namespace Deliverybot.Site.Pages.Lock;

internal sealed class LockModel(Actors actors, EnvironmentLocks locks) : ActModel(actors)
{
    private const string Title = "That can’t be locked";

    [BindProperty]
    public LockForm Form { get; set; } = new();

    public override string Subject => $"{Form.Environment}";

    protected override string? ReturnTo => Form.ReturnUrl;

    protected override async Task<IActionResult> ActAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(Form.Environment))
        {
            return Say(ActAnswer.Unknown(Title, "No environment was named."));
        }

        if (!TryReadHours(out var time))
        {
            return Say(ActAnswer.Unknown(Title, $"'{Form.Hours}' is no number of hours. Leave it empty to lock until somebody unlocks."));
        }

        var request = new LockRequest
        {
            RepositoryId = Access.Id,
            Environment = new EnvironmentName(Form.Environment.Trim()),
            By = actor.By,
            Reason = Form.Reason,
            For = time,
        };
        return await locks.LockAsync(request, actor.GitHub, cancellationToken) switch
        {
            LockOutcome.Locked locked => Done(locked.Sentence),
            LockOutcome.Renewed renewed => Done(renewed.Sentence),
            LockOutcome.HeldByOther other => Say(ActAnswer.Refused("It is locked already", other.Sentence)),
            LockOutcome.Unknown unknown => Say(ActAnswer.Unknown(Title, unknown.Sentence)),
            LockOutcome.Invalid invalid => Say(ActAnswer.Unknown(Title, invalid.Sentence)),
            LockOutcome.Unavailable unavailable => Say(ActAnswer.Unavailable(unavailable.Sentence)),
            var other => throw new InvalidOperationException($"An outcome that is {other} has no meaning here."),
        };
    }

    private bool TryReadHours(out TimeSpan? time)
    {
        time = null;
        if (string.IsNullOrWhiteSpace(Form.Hours))
        {
            return true;
        }

        if (!double.TryParse(Form.Hours, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var hours) || !double.IsFinite(hours))
        {
            return false;
        }

        // What is too long is refused by the lock itself, in its own words.
        time = TimeSpan.FromHours(Math.Min(hours, 2 * EnvironmentLocks.Longest.TotalHours));
        return true;
    }
}
