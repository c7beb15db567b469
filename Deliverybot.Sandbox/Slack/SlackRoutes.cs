using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deliverybot.Sandbox.OAuth;
using Deliverybot.Sandbox.Requests;
using Microsoft.AspNetCore.WebUtilities;

namespace Deliverybot.Sandbox.Slack;

/// <summary>The part of Slack's HTTP that an app with a slash command uses.</summary>
internal sealed class SlackRoutes(SlackTown town, SlackIdTokens tokens, TimeProvider time)
{
    private const string Install = "/oauth/v2/authorize";
    private const string SignIn = "/openid/connect/authorize";

    public void Map(WebApplication web, RequestLog log)
    {
        var slack = web.MapGroup("").DisableAntiforgery().AddEndpointFilter(async (context, next) =>
        {
            var request = context.HttpContext.Request;
            var result = await next(context);
            log.Add(new RequestLogEntry(time.GetUtcNow(), request.Method, $"slack {request.Path}", request.Path + request.QueryString, 200, CallerKind.Anonymous));
            return result;
        });
        slack.MapGet(Install, ShowInstall);
        slack.MapPost(Install, AcceptAsync);
        slack.MapGet(SignIn, ShowSignIn);
        slack.MapPost(SignIn, AcceptAsync);
        slack.MapPost("/api/oauth.v2.access", ExchangeInstallAsync);
        slack.MapPost("/api/openid.connect.token", ExchangeSignInAsync);
        slack.MapPost("/commands/{team}/{id}", AnswerAsync);
    }

    private IResult ShowInstall(HttpRequest request) => !IsApp(request.Query["client_id"])
        ? Results.NotFound()
        : ConsentPage.Show(
            $"Add to {town.TeamName}",
            "This is the sandbox, a stand-in for Slack. The workspace gets the command <strong>/deliverybot</strong>.",
            request,
            ["redirect_uri", "state"],
            [("answer", "allow", "Allow")]);

    private IResult ShowSignIn(HttpRequest request) => !IsApp(request.Query["client_id"])
        ? Results.NotFound()
        : ConsentPage.Show(
            "Sign in with Slack as…",
            $"This is the sandbox, a stand-in for Slack. You are in the workspace <strong>{WebUtility.HtmlEncode(town.TeamName)}</strong>.",
            request,
            ["redirect_uri", "state", "nonce"],
            town.Members.Select(member => ("member", member.Id, WebUtility.HtmlEncode(member.Name))));

    private async Task<IResult> AcceptAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        if (!Uri.TryCreate(form["redirect_uri"], UriKind.Absolute, out var redirect))
        {
            return Results.BadRequest();
        }

        var member = town.Members.FirstOrDefault(candidate => candidate.Id == form["member"]);
        return Results.Redirect(QueryHelpers.AddQueryString(redirect.OriginalString, new Dictionary<string, string?>
        {
            ["code"] = town.Codes.Issue(member, redirect.OriginalString, form["nonce"]),
            ["state"] = form["state"],
        }));
    }

    private Task<IResult> ExchangeInstallAsync(HttpRequest request) => ExchangeAsync(request, Installed);

    private Task<IResult> ExchangeSignInAsync(HttpRequest request) => ExchangeAsync(request, SignedIn);

    private async Task<IResult> ExchangeAsync(HttpRequest request, Func<SlackCodes.Given, JsonObject?> grant)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        if (!IsApp(form["client_id"]) || form["client_secret"] != town.App.ClientSecret)
        {
            return Refused("bad_client_secret");
        }

        var code = town.Codes.Redeem(form["code"].ToString(), form["redirect_uri"].ToString());
        return code is not null && grant(code) is { } granted ? Results.Json(granted) : Refused("invalid_code");
    }

    private JsonObject Installed(SlackCodes.Given code)
    {
        town.HasApp = true;
        return new JsonObject
        {
            ["ok"] = true,
            ["access_token"] = "xoxb-" + RandomNumberGenerator.GetHexString(40, lowercase: true),
            ["token_type"] = "bot",
            ["scope"] = "commands",
            ["bot_user_id"] = "U0BOT",
            ["app_id"] = "A0DELIVERYBOT",
            ["team"] = new JsonObject { ["id"] = town.TeamId, ["name"] = town.TeamName },
            ["enterprise"] = null,
            ["is_enterprise_install"] = false,
            ["authed_user"] = new JsonObject { ["id"] = town.Members[0].Id },
        };
    }

    private JsonObject? SignedIn(SlackCodes.Given code) => code.Member is null ? null : new JsonObject
    {
        ["ok"] = true,
        ["access_token"] = "xoxp-" + RandomNumberGenerator.GetHexString(40, lowercase: true),
        ["token_type"] = "Bearer",
        ["id_token"] = tokens.Of(code.Member, code.Nonce),
    };

    private async Task<IResult> AnswerAsync(string id, HttpRequest request)
    {
        if (town.Find(id) is not { } conversation)
        {
            return Results.NotFound("no_team");
        }

        var body = await JsonNode.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
        return body is JsonObject message && conversation.Answer(message, time.GetUtcNow()) ? Results.Text("ok") : Results.NotFound("used_url");
    }

    private bool IsApp(string? clientId) => clientId == town.App.ClientId;

    // Slack answers 200 and puts the error into the body.
    private static IResult Refused(string error) => Results.Json(new { ok = false, error }, JsonSerializerOptions.Web);
}
