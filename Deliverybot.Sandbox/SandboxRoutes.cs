using Deliverybot.Sandbox.GraphQl;
using Deliverybot.Sandbox.OAuth;
using Deliverybot.Sandbox.Registering;
using Deliverybot.Sandbox.Requests;
using Deliverybot.Sandbox.Rest;
using Deliverybot.Sandbox.Rest.Apps;
using Deliverybot.Sandbox.Rest.Checks;
using Deliverybot.Sandbox.Rest.Deployments;
using Deliverybot.Sandbox.Rest.Git;
using Deliverybot.Sandbox.Rest.Issues;
using Deliverybot.Sandbox.Rest.PullRequests;
using Deliverybot.Sandbox.Rest.Repositories;
using Deliverybot.Sandbox.Rest.Users;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox;

/// <summary>Puts all routes on the server.</summary>
internal static class SandboxRoutes
{
    /// <summary>Every route that answers programs; the sign-in page isn't among them.</summary>
    public static RouteTable Table(RateLimits limits)
    {
        var table = new RouteTable();
        AppRoutes.Map(table);
        HookRoutes.Map(table);
        ManifestRoutes.Map(table);
        InstallationRoutes.Map(table);
        UserRoutes.Map(table, limits);
        RepositoryRoutes.Map(table);
        ContentRoutes.Map(table);
        CommitRoutes.Map(table);
        RefRoutes.Map(table);
        StatusRoutes.Map(table);
        CheckRoutes.Map(table);
        DeploymentRoutes.Map(table);
        PullRequestRoutes.Map(table);
        IssueRoutes.Map(table);
        OAuthRoutes.Map(table);
        GraphQlRoutes.Map(table, limits);
        return table;
    }

    public static void Map(WebApplication web, RestPipeline pipeline, GitHubWorld world, RateLimits limits, RequestLog log)
    {
        web.Use((context, next) =>
        {
            context.Request.Path = ReferencePaths.Encode(context.Request.Path);
            return next(context);
        });
        web.UseRouting();
        foreach (var route in Table(limits).Routes)
        {
            foreach (var pattern in new[] { route.Pattern, route.PatternById }.OfType<string>())
            {
                web.MapMethods(pattern, [route.Method], (HttpContext context) => pipeline.RunAsync(context, route));
            }
        }

        AuthorizePage.Map(web, world);
        ManifestPages.Map(web, world);
        InstallPages.Map(web, world);
        // Browsers ask for it on the sign-in page; it is no call of Deliverybot's.
        web.MapGet("/favicon.ico", () => Results.NoContent());
        web.MapFallback("{**path}", (HttpContext context) => AnswerUnknown(context, world, log));
    }

    private static Task AnswerUnknown(HttpContext context, GitHubWorld world, RequestLog log)
    {
        var path = context.Request.Path + context.Request.QueryString;
        log.Add(new RequestLogEntry(world.Time.GetUtcNow(), context.Request.Method, "", path, 404, CallerKind.Anonymous));
        context.Response.StatusCode = 404;
        return context.Response.WriteAsJsonAsync(new { message = "Not Found", documentation_url = "https://docs.github.com/rest", status = "404" });
    }
}
