using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Deliverybot.Jobs.Events.Deliveries;

/// <summary>
/// The <c>X-Hub-Signature-256</c> header, checked over the raw bytes in constant time
/// (<see href="https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries"/>).
/// </summary>
public sealed class WebhookSignature(string secret)
{
    private const string Prefix = "sha256=";
    private readonly byte[] _key = Encoding.UTF8.GetBytes(secret);

    /// <summary>Without copying what may be large and nobody's.</summary>
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

        Span<byte> actual = stackalloc byte[HMACSHA256.HashSizeInBytes];
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        foreach (var part in body)
        {
            hash.AppendData(part.Span);
        }

        hash.GetHashAndReset(actual);
        return CryptographicOperations.FixedTimeEquals(claimed, actual);
    }
}
