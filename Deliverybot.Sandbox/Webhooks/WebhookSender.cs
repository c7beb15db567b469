using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Deliverybot.Sandbox.Webhooks;

/// <summary>
/// Posts one delivery with GitHub's headers and signature.
/// https://docs.github.com/en/webhooks/webhook-events-and-payloads#delivery-headers
/// </summary>
internal sealed class WebhookSender(string firstSecret, long appId, TimeProvider time) : IDisposable
{
    public const long HookId = 900_001;

    // GitHub ends a delivery that isn't answered within 10 seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Patience };

    public Uri? Url { get; set; }

    public bool AsForm { get; set; }

    public bool Signs { get; set; } = true;

    public string Secret { get; set; } = firstSecret;

    public long AppId => appId;

    public DateTimeOffset Now() => time.GetUtcNow();

    public async Task SendAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var (body, type) = AsForm
            ? (Encoding.UTF8.GetBytes($"payload={Uri.EscapeDataString(Encoding.UTF8.GetString(delivery.Body.Span))}"), "application/x-www-form-urlencoded")
            : (delivery.Body, "application/json");
        delivery.RequestHeaders = HeadersOf(delivery, body);
        var started = Stopwatch.GetTimestamp();
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Url ?? throw new HttpRequestException("no webhook URL"))
            {
                Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } },
            };
            foreach (var (name, value) in delivery.RequestHeaders)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            using var response = await _http.SendAsync(request, cancellationToken);
            delivery.StatusCode = (int)response.StatusCode;
            delivery.Status = response.IsSuccessStatusCode ? "OK" : $"Invalid HTTP Response: {delivery.StatusCode}";
            delivery.ResponseBody = await response.Content.ReadAsStringAsync(cancellationToken);
        }
        catch (HttpRequestException)
        {
            delivery.StatusCode = 0;
            delivery.Status = "failed to connect to host";
        }
        catch (OperationCanceledException)
        {
            delivery.StatusCode = 0;
            delivery.Status = "timed out";
        }

        delivery.Duration = Stopwatch.GetElapsedTime(started);
        delivery.DeliveredAt = Now();
    }

    public void Dispose() => _http.Dispose();

    private Dictionary<string, string> HeadersOf(WebhookDelivery delivery, ReadOnlyMemory<byte> body)
    {
        var headers = new Dictionary<string, string>
        {
            ["Accept"] = "*/*",
            ["User-Agent"] = "GitHub-Hookshot/44dea60",
            ["X-GitHub-Delivery"] = delivery.Guid.ToString(),
            ["X-GitHub-Event"] = delivery.Event,
            ["X-GitHub-Hook-ID"] = HookId.ToString(CultureInfo.InvariantCulture),
            ["X-GitHub-Hook-Installation-Target-ID"] = appId.ToString(CultureInfo.InvariantCulture),
            ["X-GitHub-Hook-Installation-Target-Type"] = "integration",
            ["X-GitHub-Enterprise-Version"] = "3.17.0",
            ["X-GitHub-Enterprise-Host"] = "127.0.0.1",
        };
        if (Signs)
        {
            headers["X-Hub-Signature-256"] = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body.Span));
        }

        return headers;
    }
}
