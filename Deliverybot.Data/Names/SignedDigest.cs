using System.Security.Cryptography;

namespace Deliverybot.Data.Names;

/// <summary>
/// Stands for exactly the bytes that GitHub signed. The signature covers nothing else, neither the delivery's GUID nor the event's name, so
/// that whoever has seen a delivery can send it again under others.
/// </summary>
public readonly record struct SignedDigest(Guid Value)
{
    private const int Size = 16;

    /// <summary>Half of a SHA-256: nobody but GitHub signs, so that nobody can look for two bodies that have the same.</summary>
    public static SignedDigest Of(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        return new SignedDigest(new Guid(hash[..Size]));
    }

    public override string ToString() => Value.ToString();
}
