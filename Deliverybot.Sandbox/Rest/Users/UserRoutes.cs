using System.Text.Json.Nodes;
using Deliverybot.Sandbox.Rendering;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Rest.Users;

/// <summary>People, organisations, and how much of the rate limit is left. https://docs.github.com/en/rest/users/users</summary>
internal static class UserRoutes
{
    public static void Map(RouteTable routes, RateLimits limits)
    {
        routes.Get("/user", Access.User, call => RestAnswer.Ok(AccountJson.Full(call.World.Urls, call.Actor)));
        routes.Get("/user/orgs", Access.User, Organisations);
        routes.Get("/users/{username}", Access.Anyone, call => RestAnswer.Ok(AccountJson.Full(call.World.Urls, Find(call, "username"))));
        routes.Get("/orgs/{org}", Access.Anyone, call => RestAnswer.Ok(AccountJson.FullOrganization(call.World.Urls, Find(call, "org"))));
        routes.Add(new RestRoute("GET", "/rate_limit", Access.Anyone, call => RateLimit(call, limits)) { CountsForRateLimit = false });
        routes.Get("/meta", Access.Anyone, _ => RestAnswer.Ok(new JsonObject
        {
            ["verifiable_password_authentication"] = true,
            ["installed_version"] = "3.17.0",
        }));
    }

    private static Account Find(RestCall call, string parameter) =>
        call.World.FindAccount(call.Route(parameter)) ?? throw RestRefusal.NotFound();

    private static RestAnswer Organisations(RestCall call) => call.List(
        call.World.Accounts.Where(account => account.Members.ContainsKey(call.Actor.Id)).ToList(),
        account => AccountJson.Organization(call.World.Urls, account));

    private static RestAnswer RateLimit(RestCall call, RateLimits limits)
    {
        var (remaining, used, reset) = limits.Of(call.Caller.LimitKey);
        JsonObject Shape() => new()
        {
            ["limit"] = limits.Limit,
            ["remaining"] = remaining,
            ["reset"] = reset.ToUnixTimeSeconds(),
            ["used"] = used,
        };
        return RestAnswer.Ok(new JsonObject
        {
            ["resources"] = new JsonObject { ["core"] = Shape(), ["graphql"] = Shape(), ["search"] = Shape() },
            ["rate"] = Shape(),
        });
    }
}
