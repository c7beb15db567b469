using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace Deliverybot.Benchmarks.Load;

/// <summary>
/// One kept-alive HTTP/1.1 connection to the Site. A bare socket, because HttpClient would take a good part of the two
/// cores that the Site is measured on.
/// </summary>
internal sealed class WebhookConnection : IDisposable
{
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] received = new byte[16 * 1024];
    private byte[] sent = new byte[16 * 1024];

    private WebhookConnection()
    {
    }

    public static async Task<WebhookConnection> OpenAsync(IPEndPoint site, CancellationToken cancellationToken)
    {
        var connection = new WebhookConnection();
        try
        {
            await connection.socket.ConnectAsync(site, cancellationToken);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Sends the webhook and gives the status code once the whole answer is there.</summary>
    public async ValueTask<int> PostAsync(SignedEvent webhook, Guid delivery, CancellationToken cancellationToken)
    {
        var length = webhook.Length;
        if (sent.Length < length)
        {
            sent = new byte[length];
        }

        webhook.CopyTo(sent, delivery);
        for (var offset = 0; offset < length;)
        {
            offset += await socket.SendAsync(sent.AsMemory(offset, length - offset), SocketFlags.None, cancellationToken);
        }

        return await ReadAnswerAsync(cancellationToken);
    }

    public void Dispose() => socket.Dispose();

    private async ValueTask<int> ReadAnswerAsync(CancellationToken cancellationToken)
    {
        for (var filled = 0; ;)
        {
            var read = await socket.ReceiveAsync(received.AsMemory(filled), SocketFlags.None, cancellationToken);
            if (read == 0)
            {
                throw new IOException("The Site closed the connection before it had answered.");
            }

            filled += read;
            if (IsWhole(received.AsSpan(0, filled)))
            {
                return Utf8Parser.TryParse(received.AsSpan(9, 3), out int status, out _)
                    ? status
                    : throw new IOException("The Site answered with something that isn't HTTP.");
            }

            if (filled == received.Length)
            {
                throw new IOException("The Site's answer to a webhook is longer than 16 KiB.");
            }
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        var head = answer[..(end + 2)];
        var body = answer[(end + 4)..];
        var at = head.IndexOf("\r\nContent-Length: "u8);
        if (at >= 0)
        {
            return Utf8Parser.TryParse(head[(at + 18)..], out int expected, out _) && body.Length >= expected;
        }

        return head.IndexOf("\r\nTransfer-Encoding: chunked"u8) < 0 || body.EndsWith("0\r\n\r\n"u8);
    }
}
