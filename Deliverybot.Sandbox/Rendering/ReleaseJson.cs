using System.Text.Json.Nodes;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Rendering;

/// <summary>The <c>release</c> shape.</summary>
internal static class ReleaseJson
{
    public static JsonObject Of(GitHubWorld world, Repository repository, Release release)
    {
        var url = $"{RepositoryJson.ApiUrl(world.Urls, repository)}/releases/{release.Id}";
        return new JsonObject
        {
            ["url"] = url,
            ["assets_url"] = url + "/assets",
            ["upload_url"] = url + "/assets{?name,label}",
            ["html_url"] = $"{RepositoryJson.HtmlUrl(world.Urls, repository)}/releases/tag/{release.TagName}",
            ["id"] = release.Id,
            ["node_id"] = NodeId.Of("Release", release.Id),
            ["tag_name"] = release.TagName,
            ["target_commitish"] = release.Target,
            ["name"] = release.Name,
            ["draft"] = false,
            ["prerelease"] = release.Prerelease,
            ["immutable"] = false,
            ["author"] = AccountJson.Simple(world.Urls, release.Author),
            ["created_at"] = release.PublishedAt.Iso(),
            ["updated_at"] = release.PublishedAt.Iso(),
            ["published_at"] = release.PublishedAt.Iso(),
            ["assets"] = new JsonArray(),
            ["tarball_url"] = $"{RepositoryJson.ApiUrl(world.Urls, repository)}/tarball/{release.TagName}",
            ["zipball_url"] = $"{RepositoryJson.ApiUrl(world.Urls, repository)}/zipball/{release.TagName}",
            ["body"] = "",
        };
    }
}
