using Deliverybot.Data.Names;
using Deliverybot.Jobs.Events.Deliveries;
using Deliverybot.Site.Web;

namespace Deliverybot.Site.Webhooks;

/// <summary>
/// <c>POST /_/webhooks/github</c>: checks, stores, answers. GitHub gives up after 10 seconds, so no work is done here
/// (<see href="https://docs.github.com/en/webhooks/using-webhooks/best-practices-for-using-webhooks"/>).
/// </summary>
internal sealed partial class WebhookEndpoint(
    UnknownBodies bodies,
    WebhookSignature signature,
    RouteTable routes,
    DeliveryRelevance relevance,
    DeliveryInbox inbox,
    WebhookMetrics metrics,
    TimeProvider time,
    ILogger<WebhookEndpoint> logger)
{
    /// <summary>GitHub sends no larger payload (<see href="https://docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap"/>).</summary>
    public const int Largest = 25 * 1024 * 1024;

    /// <summary>GitHub has given up by then.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private static readonly IResult Accepted = Results.StatusCode(StatusCodes.Status202Accepted);

    public async Task<IResult> ReceiveAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var outcome = WebhookOutcome.Failed;
        try
        {
            (outcome, var answer) = await AnswerAsync(request, cancellationToken);
            return answer;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            outcome = WebhookOutcome.BrokenOff;
            throw;
        }
        finally
        {
            metrics.Count(request.Headers["X-GitHub-Event"], outcome);
        }
    }

    private async Task<(WebhookOutcome Outcome, IResult Answer)> AnswerAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var read = await bodies.ReadAsync(
            request, Largest, Longest, bytes => signature.Matches(request.Headers["X-Hub-Signature-256"], bytes), cancellationToken);
        return read switch
        {
            BodyRead.Whole(var body) => await AnswerAsync(request, body, cancellationToken),
            BodyRead.Foreign => Refused(
                WebhookOutcome.Unsigned, StatusCodes.Status401Unauthorized, "The X-Hub-Signature-256 header is missing or doesn't match the body: check the App's webhook secret."),
            _ => (OutcomeOf(read), BodyRead.Refused(request.HttpContext, read, "The body is larger than 25 MB, the most that GitHub sends.")),
        };
    }

    private async Task<(WebhookOutcome Outcome, IResult Answer)> AnswerAsync(HttpRequest request, byte[] body, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
        {
            return Refused(WebhookOutcome.Malformed, StatusCodes.Status415UnsupportedMediaType, "Set the content type of the App's webhook to application/json.");
        }

        if (!Guid.TryParse(request.Headers["X-GitHub-Delivery"], out var guid) || request.Headers["X-GitHub-Event"] is not [{ Length: > 0 } name])
        {
            return Refused(WebhookOutcome.Malformed, StatusCodes.Status400BadRequest, "The X-GitHub-Delivery and X-GitHub-Event headers are needed.");
        }

        var route = routes.Find(name);
        if (!DeliveryEnvelope.TryRead(route, body, out var envelope))
        {
            return Refused(WebhookOutcome.Malformed, StatusCodes.Status400BadRequest, "The body is no JSON object.");
        }

        if (!envelope.LeadsToNothing && ToldOnce.IsTooOld(envelope, time.GetUtcNow()))
        {
            Log.TooOld(logger, name, guid, envelope.SignedAt);
            return Refused(WebhookOutcome.TooOld, StatusCodes.Status410Gone, "The event is too old: GitHub delivers none again after three days.");
        }

        if (route is null || !await relevance.MattersAsync(envelope, cancellationToken))
        {
            return (WebhookOutcome.Ignored, Accepted);
        }

        await inbox.AddAsync(
            new ReceivedDelivery(new WebhookDeliveryGuid(guid), name, envelope.Repository, envelope.Installation, body, time.GetUtcNow(), route.CountsOnce),
            cancellationToken);
        return (WebhookOutcome.Stored, Accepted);
    }

    private static (WebhookOutcome Outcome, IResult Answer) Refused(WebhookOutcome outcome, int status, string why) =>
        (outcome, Results.Text(why, statusCode: status));

    private static WebhookOutcome OutcomeOf(BodyRead read) => read switch
    {
        BodyRead.TooLarge => WebhookOutcome.TooLarge,
        BodyRead.TooSlow => WebhookOutcome.TooSlow,
        BodyRead.Crowded => WebhookOutcome.Crowded,
        _ => WebhookOutcome.Malformed,
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The {Event} of delivery {Delivery} is refused as too old: it is signed, but it happened at {SignedAt:u}. Somebody sends again what GitHub sent once, or this machine's clock is wrong.")]
        public static partial void TooOld(ILogger logger, string @event, Guid delivery, DateTimeOffset? signedAt);
    }
}
