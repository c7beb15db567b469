using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Site.SelfTest;

/// <summary>The App as GitHub has it: asked once, for all checks that want to know.</summary>
internal sealed class AskedApp(GitHubClients gitHub, GitHubAddresses addresses)
{
    private readonly Lock _asking = new();
    private Task<GitHubApp>? _asked;

    public Task<GitHubApp> GetAsync(CancellationToken cancellationToken)
    {
        lock (_asking)
        {
            return _asked ??= gitHub.App.GetSelfAsync(cancellationToken);
        }
    }

    /// <summary>
    /// GitHub's page of the App's settings. Its documentation says the way there by menus; the addresses are those that the menus lead to
    /// (docs/decisions/0022).
    /// </summary>
    /// <param name="app">Whose owner is known.</param>
    /// <param name="part"><c>permissions</c>, <c>advanced</c>; empty: the first one.</param>
    public Uri PageOf(GitHubApp app, string part = "")
    {
        var owner = app.Owner switch
        {
            { Type: "Organization", Login: { } organisation } => $"organizations/{Uri.EscapeDataString(organisation)}/",
            _ => "",
        };
        return new Uri(addresses.Web, $"{owner}settings/apps/{app.Slug}/{part}".TrimEnd('/'));
    }
}
