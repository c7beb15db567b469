using System.Net;
using Deliverybot.Sandbox.OAuth;
using Deliverybot.Sandbox.World;
using Microsoft.AspNetCore.WebUtilities;

namespace Deliverybot.Sandbox.Registering;

/// <summary>
/// GitHub's page on which the App is installed, for all repositories of an account; then it sends the browser to the App's set-up address.
/// Enterprise Server has it below <c>github-apps</c>: <see href="https://docs.github.com/apps/using-github-apps/installing-a-github-app-from-a-third-party"/>.
/// </summary>
internal static class InstallPages
{
    private static readonly string[] Routes = ["/github-apps/{slug}/installations/new", "/apps/{slug}/installations/new"];

    public static void Map(WebApplication web, GitHubWorld world)
    {
        foreach (var route in Routes)
        {
            web.MapGet(route, (HttpContext context, string slug) => Show(context, world, slug));
            web.MapPost(route, (Delegate)((HttpContext context, string slug) => InstallAsync(context, world, slug)));
        }
    }

    private static IResult Show(HttpContext context, GitHubWorld world, string slug) => slug != world.App.Slug
        ? Results.NotFound()
        : ConsentPage.Show(
            $"Install {slug}",
            "It will reach all repositories of the account that you choose.",
            context.Request,
            [],
            world.Accounts.Where(account => account.Kind == AccountKind.Organization && account != world.AppOwner)
                .Select(account => ("account", account.Login, WebUtility.HtmlEncode(account.Login))));

    private static async Task<IResult> InstallAsync(HttpContext context, GitHubWorld world, string slug)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (slug != world.App.Slug || world.FindAccount(form["account"].ToString()) is not { Kind: AccountKind.Organization } account)
        {
            return Results.BadRequest();
        }

        var installation = world.Installations.FirstOrDefault(each => each.Account == account);
        if (installation is null)
        {
            installation = world.Install(account);
        }
        else
        {
            world.ReachAllRepositories(installation);
        }

        return (string?)world.Manifests.Newest?["setup_url"] is { } next
            ? Results.Redirect(QueryHelpers.AddQueryString(next, new Dictionary<string, string?> { ["installation_id"] = $"{installation.Id}", ["setup_action"] = "install" }))
            : Results.Redirect("/");
    }
}
