using System.Text.Json.Nodes;
using Deliverybot.Sandbox.Rendering;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Rest.Apps;

/// <summary>What an installation token and a person can reach. https://docs.github.com/en/rest/apps/installations</summary>
internal static class InstallationRoutes
{
    public static void Map(RouteTable routes)
    {
        routes.Get("/installation/repositories", Access.Installation, OfToken);
        routes.Delete("/installation/token", Access.Installation, Revoke);
        routes.Get("/user/installations", Access.User, OfPerson);
        routes.Get("/user/installations/{installation_id}/repositories", Access.User, RepositoriesOfPerson);
    }

    private static RestAnswer OfToken(RestCall call)
    {
        var caller = (Caller.AsInstallation)call.Caller;
        var repositories = call.World.CoveredBy(caller.Installation)
            .Where(item => caller.Token.Repositories?.Contains(item.Id) != false)
            .ToList();
        var answer = call.List(repositories, item => RepositoryJson.WithPermissions(call.World, item, RepositoryPermission.Read), "repositories");
        answer.Body!["repository_selection"] = caller.Installation.AllRepositories ? "all" : "selected";
        return answer;
    }

    private static RestAnswer Revoke(RestCall call)
    {
        call.World.Tokens.RevokeInstallationToken(((Caller.AsInstallation)call.Caller).Token.Token);
        return RestAnswer.NoContent;
    }

    private static RestAnswer OfPerson(RestCall call)
    {
        var installations = call.World.Installations.Where(item => Reachable(call, item).Count > 0).ToList();
        return call.List(installations, item => InstallationJson.Of(call.World, item), "installations");
    }

    private static RestAnswer RepositoriesOfPerson(RestCall call)
    {
        var installation = call.World.FindInstallation(call.RouteId("installation_id")) ?? throw RestRefusal.NotFound();
        var repositories = Reachable(call, installation);
        if (repositories.Count == 0)
        {
            throw RestRefusal.NotFound();
        }

        var answer = call.List(repositories, item => Shape(call, item), "repositories");
        answer.Body!["repository_selection"] = installation.AllRepositories ? "all" : "selected";
        return answer;
    }

    private static JsonObject Shape(RestCall call, Repository repository) =>
        RepositoryJson.WithPermissions(call.World, repository, call.World.PermissionOf(call.Actor, repository));

    // Only repositories that the person has been given count, not all that are public.
    private static List<Repository> Reachable(RestCall call, Installation installation) => call.World.CoveredBy(installation)
        .Where(item => item.Owner.Id == call.Actor.Id
            || item.Owner.Members.ContainsKey(call.Actor.Id)
            || item.Collaborators.ContainsKey(call.Actor.Id))
        .Where(item => call.World.PermissionOf(call.Actor, item) >= RepositoryPermission.Read)
        .ToList();
}
