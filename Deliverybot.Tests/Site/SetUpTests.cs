using System.Net;
using Deliverybot.Site;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

public sealed class SetUpTests
{
    [Fact]
    public async Task Without_a_GitHub_App_every_page_says_what_to_set()
    {
        await using var site = SiteApplication.Build(["--urls=http://127.0.0.1:0"]);
        await site.StartAsync(TestContext.Current.CancellationToken);
        using var visitor = new HttpClient { BaseAddress = new Uri(site.Urls.First()) };

        var page = await visitor.OpenAsync("/acme/shop");
        using var live = await visitor.GetAsync("/_/health/live", TestContext.Current.CancellationToken);
        using var ready = await visitor.GetAsync("/_/health/ready", TestContext.Current.CancellationToken);
        using var style = await visitor.GetAsync("/css/site.css", TestContext.Current.CancellationToken);

        page.Body!.TextContent.ShouldContain("GitHub:WebhookSecret");
        live.StatusCode.ShouldBe(HttpStatusCode.OK);
        ready.IsSuccessStatusCode.ShouldBeFalse();
        style.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
