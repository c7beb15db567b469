using System.Text.Json.Nodes;

namespace Deliverybot.Benchmarks.GitHubEvents;

/// <summary>The <c>sender</c>, <c>owner</c> and <c>author</c> objects of a webhook.</summary>
internal static class UserPayload
{
    public static JsonObject Developer() => Account("octo-developer", 9_001, "User");

    public static JsonObject Organization() => Account(LoadRepository.Owner, 9_000, "Organization");

    public static JsonObject Installation() => new()
    {
        ["id"] = LoadRepository.InstallationId,
        ["node_id"] = "MDIzOkludGVncmF0aW9uSW5zdGFsbGF0aW9uNDEwMQ==",
    };

    public static JsonObject Signature() => new()
    {
        ["name"] = "Octo Developer",
        ["email"] = "octo-developer@users.noreply.github.com",
        ["date"] = "2026-11-01T08:00:00Z",
        ["username"] = "octo-developer",
    };

    private static JsonObject Account(string login, long id, string type)
    {
        var api = $"https://api.github.com/users/{login}";
        return new JsonObject
        {
            ["login"] = login,
            ["id"] = id,
            ["node_id"] = $"U_kgDO{id}",
            ["avatar_url"] = $"https://avatars.githubusercontent.com/u/{id}?v=4",
            ["gravatar_id"] = "",
            ["url"] = api,
            ["html_url"] = $"https://github.com/{login}",
            ["followers_url"] = $"{api}/followers",
            ["following_url"] = $"{api}/following{{/other_user}}",
            ["repos_url"] = $"{api}/repos",
            ["events_url"] = $"{api}/events{{/privacy}}",
            ["type"] = type,
            ["site_admin"] = false,
        };
    }
}
