using Deliverybot.Data.SignIn;
using Deliverybot.Jobs.Surfaces.Slack.Links;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace Deliverybot.Site.SignIn;

/// <summary>
/// What <c>Deliverybot.Site end-sessions</c> does, for after a leak. Each step is of use without the next, and all can be done again:
/// no session from before opens anything at once; the Slack links go, and their tokens are taken back at GitHub while they can be opened;
/// then the keys that sealed all that are good for nothing, and a new one is there.
/// </summary>
internal sealed class EndOfSessions(SessionEnds ends, SlackLinks slackLinks, IKeyManager keys, TimeProvider time)
{
    private const string Reason = "end-sessions";

    private static readonly TimeSpan NewKeyLasts = TimeSpan.FromDays(90);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await ends.EndAllAsync(SessionEnd.Everybody, cancellationToken);
        await slackLinks.EndAllAsync(cancellationToken);

        // One by one, for a date would miss a key of a process whose clock is ahead.
        foreach (var key in keys.GetAllKeys().Where(key => !key.IsRevoked))
        {
            keys.RevokeKey(key.KeyId, Reason);
        }

        var now = time.GetUtcNow();
        keys.CreateNewKey(now, now + NewKeyLasts);
    }
}
