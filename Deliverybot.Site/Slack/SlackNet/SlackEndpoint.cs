using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Deliverybot.Site.Slack.SlackNet;

/// <summary>Takes what Slack sends: checks, hands over, answers within Slack's three seconds.</summary>
internal sealed class SlackEndpoint(SlackSignature signature, SeenSignatures seen)
{
    /// <summary>Far more than any command.</summary>
    private const int Largest = 256 * 1024;

    public async Task<IResult> ReceiveAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var request = context.Request;
        if (await ReadAsync(request, cancellationToken) is not { } body)
        {
            return Results.Text("The body is larger than anything that Slack sends.", statusCode: StatusCodes.Status413PayloadTooLarge);
        }

        var form = request.HasFormContentType ? ReadForm(body) : null;
        if (form?.ContainsKey("ssl_check") is true)
        {
            // Slack looks now and then whether the certificate is good; there is nothing to do, and nothing to sign.
            return Results.Ok();
        }

        var isNew = signature.Verify(request.Headers, body) is { } signed ? await seen.IsNewAsync(signed, cancellationToken) : false;
        if (isNew is null)
        {
            return Results.Text("The database is slow: please try again.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        if (isNew is false)
        {
            return Results.Text(
                "The signature is missing, doesn't match the body, is older than five minutes, or was used before: check Slack:SigningSecret and this machine's clock.",
                statusCode: StatusCodes.Status401Unauthorized);
        }

        return form is not null
            ? await CommandAsync(form, context.RequestServices, cancellationToken)
            : await EventAsync(body, context.RequestServices, cancellationToken);
    }

    private static async Task<IResult> CommandAsync(
        IReadOnlyDictionary<string, StringValues> form, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (SlashCommand.Read(form) is not { } command)
        {
            return Results.Text("A slash command has command, team_id, channel_id, user_id and response_url.", statusCode: StatusCodes.Status400BadRequest);
        }

        var response = await services.GetRequiredService<ISlashCommandHandler>().Handle(command, cancellationToken);
        return Results.Text(response.Message.ToJsonString(), "application/json", Encoding.UTF8);
    }

    private static async Task<IResult> EventAsync(byte[] body, IServiceProvider services, CancellationToken cancellationToken)
    {
        switch (ReadEvent(body))
        {
            case { Type: "url_verification", Challenge: { } challenge }:
                return Results.Text(challenge);
            case { Type: "event_callback", TeamId: { } team, Event.Type: { } type }:
                await services.GetRequiredService<IEventHandler>().Handle(type, team, cancellationToken);
                return Results.Ok();
            default:
                return Results.Text("This is neither a slash command nor an event.", statusCode: StatusCodes.Status400BadRequest);
        }
    }

    private static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > Largest)
        {
            return null;
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = Largest;
        }

        using var body = new MemoryStream();
        try
        {
            await request.Body.CopyToAsync(body, cancellationToken);
        }
        catch (BadHttpRequestException fault) when (fault.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }

        return body.ToArray();
    }

    private static Dictionary<string, StringValues> ReadForm(byte[] body)
    {
        using var reader = new FormReader(Encoding.UTF8.GetString(body));
        return reader.ReadForm();
    }

    private static SlackEvent? ReadEvent(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, SlackEventJson.Default.SlackEvent);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
