using System.Buffers;
using System.Text;
using System.Text.Json;
using Deliverybot.Jobs.Engine;
using Deliverybot.Site.Web;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Deliverybot.Site.Slack.SlackNet;

/// <summary>Takes what Slack sends: checks, hands over, answers within Slack's three seconds.</summary>
internal sealed class SlackEndpoint(UnknownBodies bodies, SlackSignature signature, SeenSignatures seen, DatabasePools pools)
{
    /// <summary>Far more than any command.</summary>
    private const int Largest = 256 * 1024;

    /// <summary>It is a few words.</summary>
    private const int LargestCheck = 4 * 1024;

    /// <summary>Slack waits for three seconds for the whole answer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    public async Task<IResult> ReceiveAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var request = context.Request;
        byte[]? signed = null;
        var isCheck = false;
        var read = await bodies.ReadAsync(
            request,
            Largest,
            Longest,
            bytes =>
            {
                var whole = bytes.ToArray();
                signed = signature.Verify(request.Headers, whole);
                isCheck = request.HasFormContentType && signed is null && IsCheck(whole);
                return signed is not null;
            },
            cancellationToken);
        switch (read)
        {
            case BodyRead.Whole(var body):
                // A person waits for the answer.
                pools.BeginPage();
                return await CountAsync(body, signed!, context, cancellationToken);
            case BodyRead.Foreign when isCheck:
                return Results.Ok();
            case BodyRead.Foreign:
                return Unsigned();
            default:
                return BodyRead.Refused(context, read, "The body is larger than anything that Slack sends.");
        }
    }

    /// <summary>Whether the certificate is good: Slack looks now and then, and there is nothing to do, and nothing to sign.</summary>
    private static bool IsCheck(byte[] body) => body.Length <= LargestCheck && ReadForm(body)?.ContainsKey("ssl_check") is true;

    private static IResult Unsigned() => Results.Text(
        "The signature is missing, doesn't match the body, is older than five minutes, or was used before: check Slack:SigningSecret and this machine's clock.",
        statusCode: StatusCodes.Status401Unauthorized);

    private async Task<IResult> CountAsync(byte[] body, byte[] signed, HttpContext context, CancellationToken cancellationToken)
    {
        switch (await seen.IsNewAsync(signed, cancellationToken))
        {
            case null:
                return Results.Text("The database is slow: please try again.", statusCode: StatusCodes.Status503ServiceUnavailable);
            case false:
                return Unsigned();
            case true when !context.Request.HasFormContentType:
                return await EventAsync(body, context.RequestServices, cancellationToken);
            case true:
                var form = ReadForm(body);
                return form is null
                    ? Results.Text("The form can't be read: it has more or longer fields than any that Slack sends.", statusCode: StatusCodes.Status400BadRequest)
                    : form.ContainsKey("ssl_check")
                        ? Results.Ok()
                        : await CommandAsync(form, context.RequestServices, cancellationToken);
        }
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

    /// <returns>Null where it is no form, or has more than a form should.</returns>
    private static Dictionary<string, StringValues>? ReadForm(byte[] body)
    {
        try
        {
            using var reader = new FormReader(Encoding.UTF8.GetString(body));
            return reader.ReadForm();
        }
        catch (InvalidDataException)
        {
            return null;
        }
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
