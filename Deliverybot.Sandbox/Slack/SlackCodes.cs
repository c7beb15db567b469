using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Deliverybot.Sandbox.Slack;

/// <summary>Codes that Slack has given and not taken back yet: each is good once, for ten minutes.</summary>
internal sealed class SlackCodes(TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Given> given = new(StringComparer.Ordinal);

    public string Issue(SlackMember? member, string redirect, string? nonce)
    {
        var code = RandomNumberGenerator.GetHexString(32, lowercase: true);
        given[code] = new Given(member, redirect, nonce, time.GetUtcNow() + Life);
        return code;
    }

    public Given? Redeem(string code, string redirect) =>
        given.TryRemove(code, out var found) && found.EndsAt > time.GetUtcNow() && found.Redirect == redirect ? found : null;

    /// <param name="Member">Who signs in; null where a workspace adds the app.</param>
    /// <param name="Redirect">Where the code was sent.</param>
    /// <param name="Nonce">Goes into the id token.</param>
    /// <param name="EndsAt">When it ends.</param>
    internal sealed record Given(SlackMember? Member, string Redirect, string? Nonce, DateTimeOffset EndsAt);
}
