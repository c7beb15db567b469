using System.Globalization;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Surfaces.Slack;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

/// <summary>A page may weigh this much at the first visit, as it is sent by a published Site: over a bad line, that is a second or two.</summary>
public sealed class PageWeightTests(TestPostgreSql postgreSql) : IAsyncLifetime
{
    private const int Most = 150_000;

    // Each commit that the branch page shows has been deployed forty times, as in the longer histories.
    private readonly LongHistory history = new(postgreSql) { Deployments = 16_000 };

    public ValueTask InitializeAsync() => history.InitializeAsync();

    public ValueTask DisposeAsync() => history.DisposeAsync();

    [Fact]
    public async Task Every_page_weighs_less_than_150_KB_with_all_that_it_loads()
    {
        await using var site = await PublishedSite.StartAsync(history.House);
        using var stranger = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = site.Url };
        using var ada = await Harness.Browser.SignInAsync(site.Url, "ada", TestContext.Current.CancellationToken);
        await SlackDriver.AddAppAsync(ada);
        (await new SlackDriver(history.House).SignInAsync(ada, "ada")).Dispose();

        (HttpClient Visitor, string Path)[] pages =
        [
            (stranger, "/"),
            (stranger, "/_/sign-in/failed"),
            .. history.Pages.All.Select(path => (ada, path)),
            (ada, "/acme"),
            (ada, "/_/settings"),
            (ada, "/_/settings/delete"),
            (ada, "/_/slack/link/confirm"),
            (ada, "/_/slack/failed"),
            (ada, "/acme/no-such-repository"),
        ];
        foreach (var (visitor, path) in pages)
        {
            var files = await PageWeight.OfAsync(visitor, path);
            var weight = files.Sum(file => file.Bytes);
            TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{weight} {path}: {string.Join(", ", files)}"));
            weight.ShouldBeLessThan(Most, $"{path}: {string.Join(", ", files.OrderByDescending(file => file.Bytes))}");
            // The page, its styles and its scripts at the least; and nothing that would be smaller is sent as it is.
            files.Count.ShouldBeGreaterThan(5, path);
            files.Where(file => file.Encoding != "br").ShouldBeEmpty(path);
        }
    }
}
