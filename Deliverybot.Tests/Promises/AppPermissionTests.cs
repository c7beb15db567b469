using Deliverybot.Jobs.Events;
using Deliverybot.Sandbox.Processes;
using Deliverybot.Sandbox.World;
using Deliverybot.Site;
using Deliverybot.Tests.Site;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Promises;

/// <summary>The stand-in GitHub refuses what the App's permissions don't cover, so all other tests prove that these are enough.</summary>
public sealed class AppPermissionTests
{
    [Fact]
    public void The_App_has_exactly_the_permissions_that_are_listed() =>
        AppManifest.Permissions.OrderBy(permission => permission.Key, StringComparer.Ordinal)
            .ShouldBe(SecurityDocument.Permissions.OrderBy(permission => permission.Key, StringComparer.Ordinal));

    [Fact]
    public void The_App_gets_exactly_the_events_that_are_listed()
    {
        AppManifest.Events.ShouldBe(Routes.Subscribed, ignoreOrder: true);
        SecurityDocument.Events.ShouldBe(Routes.Subscribed, ignoreOrder: true);
        Named("README.md", "Events: ").ShouldBe(Routes.Subscribed.Select(Spoken), ignoreOrder: true);
        Named("docs/operating.md", "Subscribe to these events: ").ShouldBe(Routes.Subscribed.Select(Spoken), ignoreOrder: true);
    }

    [Fact]
    public async Task The_set_up_page_asks_for_no_others()
    {
        await using var site = SiteApplication.Build(["--urls=http://127.0.0.1:0"]);
        await site.StartAsync(TestContext.Current.CancellationToken);
        using var visitor = new HttpClient { BaseAddress = new Uri(site.Urls.First()) };

        var page = await visitor.OpenAsync("/");
        var facts = page.QuerySelectorAll("dt").ToDictionary(term => term.TextContent, term => Words(term.NextElementSibling!.TextContent));

        facts["Permissions"].ShouldBe(
            SecurityDocument.Permissions.Keys.Select(Spoken).Concat(SecurityDocument.Permissions.Values.Distinct()), ignoreOrder: true);
        facts["Events"].ShouldBe(SecurityDocument.Events.Select(Spoken), ignoreOrder: true);
    }

    /// <summary>What a page lists after these words, up to the full stop.</summary>
    private static string[] Named(string page, string after)
    {
        var text = File.ReadAllText(RepositoryFolder.Of(page));
        var begin = text.IndexOf(after, StringComparison.Ordinal) + after.Length;
        return Words(text[begin..text.IndexOf('.', begin)].Replace("*", "", StringComparison.Ordinal));
    }

    private static string Spoken(string name) => name == "statuses" ? "commit statuses" : name.Replace('_', ' ');

    private static string[] Words(string text) =>
        text.ToLowerInvariant().Split([',', ':', '.'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
