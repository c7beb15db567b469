using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Deliverybot.Jobs.Events.Deliveries;

/// <summary>
/// The <c>X-Hub-Signature-256</c> header, checked over the raw bytes in constant time
/// (<see href="https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries"/>).
/// </summary>
/// <param name="secrets">Those that are good now: two while the App's secret is changed. GitHub signs with one.</param>
public sealed class WebhookSignature(Func<IReadOnlyList<string>> secrets)
{
    private const string Prefix = "sha256=";

    /// <summary>Without copying what may be large and nobody's. All secrets are compared, whichever matches.</summary>
    public bool Matches(string? header, ReadOnlySequence<byte> body)
    {
        Span<byte> claimed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (header is null
            || !header.StartsWith(Prefix, StringComparison.Ordinal)
            || Convert.FromHexString(header.AsSpan(Prefix.Length), claimed, out _, out var written) != OperationStatus.Done
            || written != claimed.Length)
        {
            return false;
        }

        var matches = false;
        foreach (var secret in secrets())
        {
            matches |= IsSigned(secret, claimed, body);
        }

        return matches;
    }

    private static bool IsSigned(string secret, ReadOnlySpan<byte> claimed, ReadOnlySequence<byte> body)
    {
        Span<byte> actual = stackalloc byte[HMACSHA256.HashSizeInBytes];
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        foreach (var part in body)
        {
            hash.AppendData(part.Span);
        }

        hash.GetHashAndReset(actual);
        return CryptographicOperations.FixedTimeEquals(claimed, actual);
    }
}
