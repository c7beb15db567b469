using Deliverybot.Data.Names;
using Deliverybot.Jobs.Deliveries;

namespace Deliverybot.Site.Webhooks;

/// <summary>
/// <c>POST /_/webhooks/github</c>: checks, stores, answers. GitHub gives up after 10 seconds, so no work is done here
/// (<see href="https://docs.github.com/en/webhooks/using-webhooks/best-practices-for-using-webhooks"/>).
/// </summary>
internal sealed class WebhookEndpoint(
    WebhookSignature signature, DeliveryRelevance relevance, DeliveryInbox inbox, TimeProvider time)
{
    public const string Path = "/_/webhooks/github";

    public async Task<IResult> ReceiveAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await WebhookBody.ReadAsync(request, cancellationToken);
        if (body is null)
        {
            return Refused(StatusCodes.Status413PayloadTooLarge, "The body is larger than 25 MB, the most that GitHub sends.");
        }

        if (!signature.Matches(request.Headers["X-Hub-Signature-256"], body))
        {
            return Refused(StatusCodes.Status401Unauthorized, "The X-Hub-Signature-256 header is missing or doesn't match the body: check the App's webhook secret.");
        }

        if (!request.HasJsonContentType())
        {
            return Refused(StatusCodes.Status415UnsupportedMediaType, "Set the content type of the App's webhook to application/json.");
        }

        if (!Guid.TryParse(request.Headers["X-GitHub-Delivery"], out var guid) || request.Headers["X-GitHub-Event"] is not [{ Length: > 0 } name])
        {
            return Refused(StatusCodes.Status400BadRequest, "The X-GitHub-Delivery and X-GitHub-Event headers are needed.");
        }

        if (!DeliveryEnvelope.TryRead(name, body, out var envelope))
        {
            return Refused(StatusCodes.Status400BadRequest, "The body is no JSON object.");
        }

        if (name != "ping" && await relevance.MattersAsync(envelope, cancellationToken))
        {
            await inbox.AddAsync(
                new ReceivedDelivery(new WebhookDeliveryGuid(guid), name, envelope.Repository, envelope.Installation, body, time.GetUtcNow()),
                cancellationToken);
        }

        return Results.StatusCode(StatusCodes.Status202Accepted);
    }

    private static IResult Refused(int status, string why) => Results.Text(why, statusCode: status);
}
