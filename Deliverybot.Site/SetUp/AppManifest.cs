using System.Text.Json.Nodes;
using Deliverybot.Jobs.Events;
using Deliverybot.Site.Addresses;

namespace Deliverybot.Site.SetUp;

/// <summary>
/// The App as GitHub is asked to register it
/// (<see href="https://docs.github.com/apps/sharing-github-apps/registering-a-github-app-from-a-manifest"/>).
/// </summary>
internal static class AppManifest
{
    /// <summary>GitHub's names, and whether the App may write. SECURITY.md says why each; a test holds the two together.</summary>
    public static readonly IReadOnlyDictionary<string, string> Permissions = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["checks"] = "read",
        ["contents"] = "read",
        ["deployments"] = "write",
        ["issues"] = "write",
        ["metadata"] = "read",
        ["pull_requests"] = "read",
        ["statuses"] = "write",
    };

    /// <param name="name">How it is called; GitHub lets nobody else on it be called so.</param>
    /// <param name="site">The root of this site.</param>
    public static string Of(string name, Uri site) => new JsonObject
    {
        ["name"] = name,
        ["url"] = site.AbsoluteUri,
        ["hook_attributes"] = new JsonObject { ["url"] = Below(site, Address.Webhooks), ["active"] = true },
        ["redirect_url"] = Below(site, Address.SetUpRegistered),
        ["callback_urls"] = new JsonArray(Below(site, Address.SignInCallback)),
        ["setup_url"] = Below(site, Address.SetUp),
        ["description"] = "Deploys commits to where they belong, and says why the rest waits.",
        ["public"] = false,
        ["default_permissions"] = new JsonObject(Permissions.Select(each => new KeyValuePair<string, JsonNode?>(each.Key, JsonValue.Create(each.Value)))),
        ["default_events"] = new JsonArray([.. Routes.Subscribed.Select(name => (JsonNode?)JsonValue.Create(name))]),
    }.ToJsonString();

    /// <summary>Where GitHub takes the manifest of an App.</summary>
    /// <param name="gitHub">The root of the GitHub.</param>
    /// <param name="organisation">The account that will own the App; null: the person's own.</param>
    /// <param name="state">Comes back with the browser.</param>
    public static string Target(Uri gitHub, string? organisation, string state)
    {
        var root = gitHub.AbsoluteUri.TrimEnd('/');
        var path = organisation is null ? "/settings/apps/new" : $"/organizations/{Uri.EscapeDataString(organisation)}/settings/apps/new";
        return $"{root}{path}?state={Uri.EscapeDataString(state)}";
    }

    private static string Below(Uri site, string path) => new Uri(site, path).AbsoluteUri;
}
