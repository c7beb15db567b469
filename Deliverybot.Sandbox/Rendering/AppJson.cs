using System.Text.Json.Nodes;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Rendering;

/// <summary>The <c>integration</c> shape.</summary>
internal static class AppJson
{
    public static JsonObject Of(GitHubWorld world)
    {
        var json = Of(world, new CheckApp(world.App.AppId, world.App.Slug, "Deliverybot"));
        json["client_id"] = world.App.ClientId;
        json["permissions"] = new JsonObject(world.AppPermissions.Select(Pair));
        json["events"] = world.AppEvents.Order(StringComparer.Ordinal).ToList().ToJson(name => JsonValue.Create(name));
        return json;
    }

    public static JsonObject Of(GitHubWorld world, CheckApp app) => new()
    {
        ["id"] = app.Id,
        ["slug"] = app.Slug,
        ["node_id"] = NodeId.Of("App", app.Id),
        ["owner"] = AccountJson.Simple(world.Urls, world.AppOwner),
        ["name"] = app.Name,
        ["description"] = "",
        ["external_url"] = world.Urls.Root,
        ["html_url"] = $"{world.Urls.Root}/apps/{app.Slug}",
        ["created_at"] = world.AppOwner.CreatedAt.Iso(),
        ["updated_at"] = world.AppOwner.CreatedAt.Iso(),
        ["permissions"] = new JsonObject { ["checks"] = "write" },
        ["events"] = new JsonArray(),
    };

    public static KeyValuePair<string, JsonNode?> Pair(KeyValuePair<string, string> permission) =>
        new(permission.Key, JsonValue.Create(permission.Value));
}
