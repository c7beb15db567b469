using System.Text.Json.Nodes;
using Deliverybot.Sandbox.Rendering;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Rest.Repositories;

/// <summary>https://docs.github.com/en/rest/repos/repos and collaborators</summary>
internal static class RepositoryRoutes
{
    public static void Map(RouteTable routes)
    {
        routes.Get("/repos/{owner}/{repo}", Access.Read("metadata"), call => RestAnswer.Ok(Of(call, call.Repository)));
        routes.Get("/repositories/{repository_id}", Access.Anyone, ById);
        routes.Get("/repos/{owner}/{repo}/collaborators/{username}/permission", Access.Read("metadata"), PermissionOf);
        routes.Get("/repos/{owner}/{repo}/collaborators", Access.Read("metadata"), Collaborators);
        routes.Get("/orgs/{org}/repos", Access.Anyone, OfOrganisation);
    }

    private static JsonObject Of(RestCall call, Repository repository) => RepositoryJson.Full(call.World, repository, Rights(call, repository));

    private static RepositoryPermission Rights(RestCall call, Repository repository) => call.Caller is Caller.AsUser
        ? call.World.PermissionOf(call.Actor, repository)
        : RepositoryPermission.Read;

    private static RestAnswer ById(RestCall call)
    {
        var repository = call.World.FindRepository(call.RouteId("repository_id"));
        return repository is not null && Gatekeeper.MaySee(call.World, call.Caller, repository)
            ? RestAnswer.Ok(Of(call, repository))
            : throw RestRefusal.NotFound();
    }

    private static RestAnswer OfOrganisation(RestCall call) => call.List(
        call.World.Repositories
            .Where(item => string.Equals(item.Owner.Login, call.Route("org"), StringComparison.OrdinalIgnoreCase))
            .Where(item => Gatekeeper.MaySee(call.World, call.Caller, item))
            .ToList(),
        item => RepositoryJson.WithPermissions(call.World, item, Rights(call, item)));

    // The old field knows four levels only; role_name tells maintain and triage apart.
    // https://docs.github.com/en/rest/collaborators/collaborators#get-repository-permissions-for-a-user
    private static RestAnswer PermissionOf(RestCall call)
    {
        var user = call.World.FindAccount(call.Route("username")) ?? throw RestRefusal.Of(404, $"{call.Route("username")} is not a user");
        var permission = call.World.PermissionOf(user, call.Repository);
        return RestAnswer.Ok(new JsonObject
        {
            ["permission"] = permission switch
            {
                RepositoryPermission.Admin => "admin",
                RepositoryPermission.Maintain or RepositoryPermission.Write => "write",
                RepositoryPermission.Triage or RepositoryPermission.Read => "read",
                _ => "none",
            },
            ["role_name"] = RoleOf(permission),
            ["user"] = Person(call, user),
        });
    }

    private static RestAnswer Collaborators(RestCall call) => call.List(
        call.World.Accounts.Where(account => call.Repository.Collaborators.ContainsKey(account.Id)).ToList(),
        account => Person(call, account));

    private static string RoleOf(RepositoryPermission permission) => permission.ToString().ToLowerInvariant();

    private static JsonObject Person(RestCall call, Account account)
    {
        var permission = call.World.PermissionOf(account, call.Repository);
        var json = AccountJson.Simple(call.World.Urls, account);
        json["permissions"] = RepositoryJson.WithPermissions(call.World, call.Repository, permission)["permissions"]!.DeepClone();
        json["role_name"] = RoleOf(permission);
        return json;
    }
}
