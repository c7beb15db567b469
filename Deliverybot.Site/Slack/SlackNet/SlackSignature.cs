using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Deliverybot.Site.Slack.SlackNet;

/// <summary>Slack's signature, version 0, over the time and the raw body (<see href="https://docs.slack.dev/authentication/verifying-requests-from-slack"/>).</summary>
/// <param name="signingSecrets">Two while the Slack app's secret is changed.</param>
/// <param name="time">The clock.</param>
internal sealed class SlackSignature(IReadOnlyList<string> signingSecrets, TimeProvider time)
{
    public const string SignatureHeader = "X-Slack-Signature";

    public const string TimestampHeader = "X-Slack-Request-Timestamp";

    private const string Version = "v0";

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly List<byte[]> keys = [.. signingSecrets.Select(Encoding.UTF8.GetBytes)];

    /// <returns>The signature; null unless it is Slack's, of these bytes, and not older than five minutes.</returns>
    public byte[]? Verify(IHeaderDictionary headers, ReadOnlySpan<byte> body)
    {
        if (headers[TimestampHeader] is not [{ } written]
            || !long.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            || (time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() > Window
            || headers[SignatureHeader] is not [{ } given]
            || !given.StartsWith($"{Version}=", StringComparison.Ordinal)
            || given.Length != Version.Length + 1 + (SHA256.HashSizeInBytes * 2))
        {
            return null;
        }

        var signed = Encoding.UTF8.GetBytes($"{Version}:{written}:");
        var message = new byte[signed.Length + body.Length];
        signed.CopyTo(message, 0);
        body.CopyTo(message.AsSpan(signed.Length));
        var claimed = new byte[SHA256.HashSizeInBytes];
        if (Convert.FromHexString(given.AsSpan(Version.Length + 1), claimed, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return null;
        }

        var matches = false;
        foreach (var key in keys)
        {
            matches |= CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key, message), claimed);
        }

        return matches ? claimed : null;
    }
}
