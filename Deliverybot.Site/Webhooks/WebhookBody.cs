using System.Buffers;
using Microsoft.AspNetCore.Http.Features;

namespace Deliverybot.Site.Webhooks;

/// <summary>Reads the raw bytes that GitHub signed.</summary>
internal static class WebhookBody
{
    /// <summary>GitHub sends no larger payload (<see href="https://docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap"/>).</summary>
    public const int Largest = 25 * 1024 * 1024;

    /// <returns>Null where the body is larger.</returns>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > Largest)
        {
            return null;
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > Largest)
            {
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return body;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
