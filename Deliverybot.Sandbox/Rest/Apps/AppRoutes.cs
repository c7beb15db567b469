using System.Text.Json.Nodes;
using Deliverybot.Sandbox.Rendering;
using Deliverybot.Sandbox.Tokens;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Rest.Apps;

/// <summary>The App itself and its installations. https://docs.github.com/en/rest/apps/apps</summary>
internal static class AppRoutes
{
    public static void Map(RouteTable routes)
    {
        routes.Get("/app", Access.App, call => RestAnswer.Ok(OwnApp(call.World)));
        routes.Get("/app/installations", Access.App, call => call.List(call.World.Installations, item => InstallationJson.Of(call.World, item)));
        routes.Get("/app/installations/{installation_id}", Access.App, call => RestAnswer.Ok(InstallationJson.Of(call.World, Find(call))));
        routes.Post("/app/installations/{installation_id}/access_tokens", Access.App, IssueToken);
        routes.Get("/repos/{owner}/{repo}/installation", Access.App, OfRepository);
        routes.Get("/orgs/{org}/installation", Access.App, call => OfAccount(call, call.Route("org")));
        routes.Get("/users/{username}/installation", Access.App, call => OfAccount(call, call.Route("username")));
    }

    private static JsonObject OwnApp(GitHubWorld world)
    {
        var json = AppJson.Of(world);
        json["installations_count"] = world.Installations.Count;
        return json;
    }

    private static Installation Find(RestCall call) =>
        call.World.FindInstallation(call.RouteId("installation_id")) ?? throw RestRefusal.NotFound();

    private static RestAnswer OfRepository(RestCall call)
    {
        var repository = call.World.FindRepository($"{call.Route("owner")}/{call.Route("repo")}") ?? throw RestRefusal.NotFound();
        var installation = call.World.InstallationOf(repository) ?? throw RestRefusal.NotFound();
        return RestAnswer.Ok(InstallationJson.Of(call.World, installation));
    }

    private static RestAnswer OfAccount(RestCall call, string login)
    {
        var installation = call.World.Installations.FirstOrDefault(item =>
            string.Equals(item.Account.Login, login, StringComparison.OrdinalIgnoreCase));
        return RestAnswer.Ok(InstallationJson.Of(call.World, installation ?? throw RestRefusal.NotFound()));
    }

    private static RestAnswer IssueToken(RestCall call)
    {
        var installation = Find(call);
        if (installation.SuspendedAt is not null)
        {
            throw RestRefusal.Of(403, "This installation has been suspended");
        }

        var repositories = ChosenRepositories(call, installation);
        var permissions = ChosenPermissions(call, installation);
        var token = call.World.Tokens.IssueInstallation(installation.Id, repositories?.Select(item => item.Id).ToHashSet(), permissions);
        return RestAnswer.Created(Shape(call.World, installation, token, repositories));
    }

    private static List<Repository>? ChosenRepositories(RestCall call, Installation installation)
    {
        var byId = call.Body["repository_ids"] as JsonArray;
        var byName = call.Body["repositories"] as JsonArray;
        if (byId is null && byName is null)
        {
            return null;
        }

        var covered = call.World.CoveredBy(installation);
        var chosen = (byId ?? []).Select(id => covered.FirstOrDefault(item => item.Id == (long)id!))
            .Concat((byName ?? []).Select(name => covered.FirstOrDefault(item => item.Name == (string?)name)))
            .ToList();
        return chosen.Contains(null)
            ? throw RestRefusal.Of(422, "There is at least one repository that does not exist or is not accessible to the parent installation.")
            : chosen.OfType<Repository>().ToList();
    }

    private static Dictionary<string, string>? ChosenPermissions(RestCall call, Installation installation)
    {
        if (call.Body["permissions"] is not JsonObject asked)
        {
            return null;
        }

        var chosen = asked.ToDictionary(pair => pair.Key, pair => (string?)pair.Value ?? "read");
        chosen["metadata"] = "read";
        return chosen.All(pair => installation.Permissions.TryGetValue(pair.Key, out var level) && (level == "write" || pair.Value == "read"))
            ? chosen
            : throw RestRefusal.Of(422, "The permissions requested are not granted to this installation.");
    }

    private static JsonObject Shape(GitHubWorld world, Installation installation, InstallationToken token, List<Repository>? repositories)
    {
        var json = new JsonObject
        {
            ["token"] = token.Token,
            ["expires_at"] = token.ExpiresAt.Iso(),
            ["permissions"] = new JsonObject((token.Permissions ?? installation.Permissions).Select(AppJson.Pair)),
            ["repository_selection"] = repositories is null && installation.AllRepositories ? "all" : "selected",
        };
        if (repositories is not null)
        {
            json["repositories"] = repositories.ToJson(item => RepositoryJson.Of(world, item));
        }

        return json;
    }
}
