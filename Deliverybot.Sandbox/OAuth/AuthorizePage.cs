using System.Net;
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

        return ConsentPage.Show(
            "Sign in as…",
            $"This is the sandbox, a stand-in for GitHub. <strong>{WebUtility.HtmlEncode(world.App.Slug)}</strong> will act for whom you choose.",
            context.Request,
            ["client_id", "redirect_uri", "state", "code_challenge", "code_challenge_method"],
            world.Accounts
                .Where(account => account.Kind == AccountKind.User)
                .Select(person => ("login", person.Login, $"{WebUtility.HtmlEncode(person.Name)} <small>@{WebUtility.HtmlEncode(person.Login)}</small>")));
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

    private static string Avatar(long id) => $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">
          <rect width="40" height="40" fill="hsl({id * 47 % 360} 55% 55%)"/>
          <circle cx="20" cy="16" r="7" fill="#fff"/>
          <path d="M6 40a14 14 0 0 1 28 0" fill="#fff"/>
        </svg>
        """;
}
