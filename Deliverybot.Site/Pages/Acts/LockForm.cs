using System.Globalization;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Locks;

namespace Deliverybot.Site.Pages.Acts;

internal sealed class LockForm(EnvironmentLocks locks) : IActForm
{
    public IReadOnlyList<string> Fields => ["environment", "reason", "hours"];

    public string Title => "Lock";

    public string SubjectOf(ActFields fields) => $"{fields["environment"]}";

    public string ConsequenceOf(ActFields fields) =>
        $"Nobody but you deploys to {fields["environment"]} by hand. Events wait until it is unlocked, those of your own pushes, too.";

    public async Task<ActResult?> DoAsync(Actor actor, ActFields fields, CancellationToken cancellationToken)
    {
        if (fields["environment"] is not { } environment)
        {
            return IActForm.Unread("No environment was named.");
        }

        if (!TryReadHours(fields["hours"], out var time))
        {
            return IActForm.Unread($"'{fields["hours"]}' is no number of hours. Leave it empty to lock until somebody unlocks.");
        }

        var request = new LockRequest { Environment = new EnvironmentName(environment.Trim()), Reason = fields["reason"], For = time };
        return await locks.LockAsync(actor, request, cancellationToken);
    }

    private static bool TryReadHours(string? text, out TimeSpan? time)
    {
        time = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            return true;
        }

        if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var hours) || !double.IsFinite(hours))
        {
            return false;
        }

        // What is too long is refused by the lock itself, in its own words.
        time = TimeSpan.FromHours(Math.Min(hours, 2 * EnvironmentLocks.Longest.TotalHours));
        return true;
    }
}
