using System.Globalization;
using System.Net;
using System.Text;
using Deliverybot.Sandbox.World;
using Microsoft.AspNetCore.WebUtilities;

namespace Deliverybot.Sandbox.OAuth;

/// <summary>The page on which a person signs in and lets the App act for him: here one picks who one is.</summary>
internal static class AuthorizePage
{
    public static void Map(WebApplication web, GitHubWorld world)
    {
        web.MapGet("/login/oauth/authorize", (HttpContext context) => Show(context, world));
        web.MapPost("/login/oauth/authorize", (Delegate)((HttpContext context) => AcceptAsync(context, world)));
        web.MapGet("/avatars/u/{id:long}", (long id) => Results.Text(Avatar(id), "image/svg+xml"));
    }

    private static IResult Show(HttpContext context, GitHubWorld world)
    {
        var query = context.Request.Query;
        if (query["client_id"] != world.App.ClientId)
        {
            return Results.NotFound();
        }

        var hidden = new StringBuilder();
        foreach (var field in new[] { "client_id", "redirect_uri", "state", "code_challenge", "code_challenge_method" })
        {
            hidden.Append(CultureInfo.InvariantCulture, $"<input type=\"hidden\" name=\"{field}\" value=\"{WebUtility.HtmlEncode(query[field])}\">");
        }

        var people = string.Concat(world.Accounts
            .Where(account => account.Kind == AccountKind.User)
            .Select(account => (Login: WebUtility.HtmlEncode(account.Login), Name: WebUtility.HtmlEncode(account.Name)))
            .Select(person => $"<button name=\"login\" value=\"{person.Login}\">{person.Name} <small>@{person.Login}</small></button>"));
        return Results.Content(Page(world.App.Slug, hidden.ToString(), people), "text/html; charset=utf-8");
    }

    private static async Task<IResult> AcceptAsync(HttpContext context, GitHubWorld world)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var challenge = (string?)form["code_challenge"] is { Length: > 0 } given ? given : null;
        if (form["client_id"] != world.App.ClientId
            || world.FindAccount(form["login"].ToString()) is not { Kind: AccountKind.User } user
            || !Uri.TryCreate(form["redirect_uri"], UriKind.Absolute, out var redirect)
            || (challenge is not null && form["code_challenge_method"] != "S256"))
        {
            return Results.BadRequest();
        }

        var answer = new Dictionary<string, string?> { ["code"] = world.Tokens.IssueCode(user, redirect.OriginalString, challenge) };
        if ((string?)form["state"] is { Length: > 0 } state)
        {
            answer["state"] = state;
        }

        return Results.Redirect(QueryHelpers.AddQueryString(redirect.OriginalString, answer));
    }

    private static string Page(string app, string hidden, string people) => $$"""
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>Sign in to the sandbox</title>
          <style>
            :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
            body { display: grid; place-items: center; min-height: 100vh; margin: 0; background: Canvas; color: CanvasText; }
            main { width: min(22rem, 90vw); }
            h1 { font-size: 1.4rem; }
            button { display: block; width: 100%; margin: .5rem 0; padding: .75rem 1rem; font: inherit; text-align: left; }
            button { border: 1px solid GrayText; border-radius: .5rem; background: ButtonFace; color: ButtonText; cursor: pointer; }
            button:hover, button:focus-visible { border-color: Highlight; outline: 2px solid Highlight; }
          </style>
        </head>
        <body>
          <main>
            <h1>Sign in as…</h1>
            <p>This is the sandbox, a stand-in for GitHub. <strong>{{WebUtility.HtmlEncode(app)}}</strong> will act for whom you choose.</p>
            <form method="post" action="/login/oauth/authorize">{{hidden}}{{people}}</form>
          </main>
        </body>
        </html>
        """;

    private static string Avatar(long id) => $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">
          <rect width="40" height="40" fill="hsl({id * 47 % 360} 55% 55%)"/>
          <circle cx="20" cy="16" r="7" fill="#fff"/>
          <path d="M6 40a14 14 0 0 1 28 0" fill="#fff"/>
        </svg>
        """;
}
