using System.Text.Json.Nodes;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Rendering;

/// <summary>The <c>installation</c> shape.</summary>
internal static class InstallationJson
{
    public static JsonObject Of(GitHubWorld world, Installation installation)
    {
        var account = installation.Account;
        var settings = account.Kind == AccountKind.Organization ? $"organizations/{account.Login}/settings" : "settings";
        return new JsonObject
        {
            ["id"] = installation.Id,
            ["account"] = AccountJson.Simple(world.Urls, account),
            ["repository_selection"] = installation.AllRepositories ? "all" : "selected",
            ["access_tokens_url"] = $"{world.Urls.Api}/app/installations/{installation.Id}/access_tokens",
            ["repositories_url"] = $"{world.Urls.Api}/installation/repositories",
            ["html_url"] = $"{world.Urls.Root}/{settings}/installations/{installation.Id}",
            ["app_id"] = world.App.AppId,
            ["client_id"] = world.App.ClientId,
            ["app_slug"] = world.App.Slug,
            ["target_id"] = account.Id,
            ["target_type"] = account.Kind.ToString(),
            ["permissions"] = new JsonObject(installation.Permissions.Select(AppJson.Pair)),
            ["events"] = installation.Events.ToJson(name => JsonValue.Create(name)),
            ["created_at"] = installation.CreatedAt.Iso(),
            ["updated_at"] = (installation.SuspendedAt ?? installation.CreatedAt).Iso(),
            ["single_file_name"] = null,
            ["has_multiple_single_files"] = false,
            ["single_file_paths"] = new JsonArray(),
            ["suspended_by"] = installation.SuspendedAt is null ? null : AccountJson.Simple(world.Urls, account),
            ["suspended_at"] = installation.SuspendedAt.Iso(),
        };
    }
}
