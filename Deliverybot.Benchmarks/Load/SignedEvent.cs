using System.Security.Cryptography;
using System.Text;

namespace Deliverybot.Benchmarks.Load;

/// <summary>A webhook ready to be sent: what doesn't change between deliveries is computed beforehand.</summary>
internal sealed class SignedEvent
{
    private const int DeliveryIdLength = 36;
    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray();

    /// <summary>Where this stands in a body, each delivery has its own GUID: the Site takes what is signed once.</summary>
    public const string OfItsOwn = "00000000-0000-0000-0000-000000000000";

    private readonly byte[] head;
    private readonly byte[] body;
    private readonly byte[] key;
    private readonly int own;
    private readonly int signatureAt;

    public SignedEvent(string name, byte[] body, string secret)
    {
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
        this.body = body;
        key = Encoding.UTF8.GetBytes(secret);
        own = body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(OfItsOwn));
        head = Encoding.ASCII.GetBytes(
            "POST /_/webhooks/github HTTP/1.1\r\n" +
            "Host: localhost\r\n" +
            "User-Agent: GitHub-Hookshot/benchmark\r\n" +
            "Accept: */*\r\n" +
            "Content-Type: application/json\r\n" +
            $"Content-Length: {body.Length}\r\n" +
            "X-GitHub-Hook-ID: 1\r\n" +
            "X-GitHub-Hook-Installation-Target-Type: integration\r\n" +
            "X-GitHub-Hook-Installation-Target-ID: 1\r\n" +
            $"X-GitHub-Event: {name}\r\n" +
            $"X-Hub-Signature-256: sha256={signature}\r\n" +
            "X-GitHub-Delivery: ");
        signatureAt = head.AsSpan().IndexOf(Encoding.ASCII.GetBytes(signature));
    }

    public int Length => head.Length + DeliveryIdLength + EndOfHead.Length + body.Length;

    public int BodyLength => body.Length;

    public void CopyTo(Span<byte> destination, Guid delivery)
    {
        head.CopyTo(destination);
        var signature = destination.Slice(signatureAt, 2 * HMACSHA256.HashSizeInBytes);
        destination = destination[head.Length..];
        delivery.TryFormat(destination, out _);
        destination = destination[DeliveryIdLength..];
        EndOfHead.CopyTo(destination);
        var sent = destination.Slice(EndOfHead.Length, body.Length);
        body.CopyTo(sent);
        if (own >= 0)
        {
            delivery.TryFormat(sent[own..], out _);
            Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
            HMACSHA256.HashData(key, sent, hash);
            Convert.TryToHexStringLower(hash, signature, out _);
        }
    }
}
