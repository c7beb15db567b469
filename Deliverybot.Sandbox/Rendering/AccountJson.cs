using System.Text.Json.Nodes;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Rendering;

/// <summary>The <c>simple-user</c>, <c>public-user</c>, <c>organization-simple</c> and <c>organization-full</c> shapes.</summary>
internal static class AccountJson
{
    public static JsonObject Simple(GitHubUrls urls, Account account)
    {
        var url = $"{urls.Api}/users/{Uri.EscapeDataString(account.Login)}";
        return new JsonObject
        {
            ["login"] = account.Login,
            ["id"] = account.Id,
            ["node_id"] = NodeId.Of("User", account.Id),
            ["avatar_url"] = Avatar(urls, account),
            ["gravatar_id"] = "",
            ["url"] = url,
            ["html_url"] = HtmlUrl(urls, account),
            ["followers_url"] = $"{url}/followers",
            ["following_url"] = $"{url}/following{{/other_user}}",
            ["gists_url"] = $"{url}/gists{{/gist_id}}",
            ["starred_url"] = $"{url}/starred{{/owner}}{{/repo}}",
            ["subscriptions_url"] = $"{url}/subscriptions",
            ["organizations_url"] = $"{url}/orgs",
            ["repos_url"] = $"{url}/repos",
            ["events_url"] = $"{url}/events{{/privacy}}",
            ["received_events_url"] = $"{url}/received_events",
            ["type"] = account.Kind.ToString(),
            ["site_admin"] = false,
        };
    }

    public static JsonObject Full(GitHubUrls urls, Account account)
    {
        var json = Simple(urls, account);
        json["name"] = account.Name;
        json["company"] = null;
        json["blog"] = "";
        json["location"] = null;
        json["email"] = account.Email;
        json["hireable"] = null;
        json["bio"] = null;
        json["public_repos"] = 0;
        json["public_gists"] = 0;
        json["followers"] = 0;
        json["following"] = 0;
        json["created_at"] = account.CreatedAt.Iso();
        json["updated_at"] = account.CreatedAt.Iso();
        return json;
    }

    public static JsonObject Organization(GitHubUrls urls, Account account)
    {
        var url = $"{urls.Api}/orgs/{account.Login}";
        return new JsonObject
        {
            ["login"] = account.Login,
            ["id"] = account.Id,
            ["node_id"] = NodeId.Of("Organization", account.Id),
            ["url"] = url,
            ["repos_url"] = $"{url}/repos",
            ["events_url"] = $"{url}/events",
            ["hooks_url"] = $"{url}/hooks",
            ["issues_url"] = $"{url}/issues",
            ["members_url"] = $"{url}/members{{/member}}",
            ["public_members_url"] = $"{url}/public_members{{/member}}",
            ["avatar_url"] = Avatar(urls, account),
            ["description"] = null,
        };
    }

    public static JsonObject FullOrganization(GitHubUrls urls, Account account)
    {
        var json = Organization(urls, account);
        json["html_url"] = HtmlUrl(urls, account);
        json["name"] = account.Name;
        json["type"] = account.Kind.ToString();
        json["has_organization_projects"] = false;
        json["has_repository_projects"] = false;
        json["public_repos"] = 0;
        json["public_gists"] = 0;
        json["followers"] = 0;
        json["following"] = 0;
        json["created_at"] = account.CreatedAt.Iso();
        json["updated_at"] = account.CreatedAt.Iso();
        json["archived_at"] = null;
        return json;
    }

    /// <summary>Author or committer inside a git commit.</summary>
    public static JsonObject Signature(Account account, DateTimeOffset date) => new()
    {
        ["name"] = account.Name,
        ["email"] = account.Email,
        ["date"] = date.Iso(),
    };

    public static string HtmlUrl(GitHubUrls urls, Account account) => account.Kind == AccountKind.Bot
        ? $"{urls.Root}/apps/{account.Name}"
        : $"{urls.Root}/{account.Login}";

    public static string Avatar(GitHubUrls urls, Account account) => $"{urls.Root}/avatars/u/{account.Id}";
}
