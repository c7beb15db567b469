using System.Security.Cryptography;
using System.Text;

namespace Deliverybot.Benchmarks.Load;

/// <summary>A webhook ready to be sent: all that doesn't change between deliveries is computed beforehand.</summary>
internal sealed class SignedEvent
{
    private const int DeliveryIdLength = 36;
    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray();

    private readonly byte[] head;
    private readonly byte[] body;

    public SignedEvent(string name, byte[] body, string secret)
    {
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
        this.body = body;
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
    }

    public int Length => head.Length + DeliveryIdLength + EndOfHead.Length + body.Length;

    public int BodyLength => body.Length;

    public void CopyTo(Span<byte> destination, Guid delivery)
    {
        head.CopyTo(destination);
        destination = destination[head.Length..];
        delivery.TryFormat(destination, out _);
        destination = destination[DeliveryIdLength..];
        EndOfHead.CopyTo(destination);
        body.CopyTo(destination[EndOfHead.Length..]);
    }
}
