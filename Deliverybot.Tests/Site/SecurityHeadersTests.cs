using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

public sealed class SecurityHeadersTests(House house) : IClassFixture<House>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/_/nothing-here")]
    [InlineData("/css/site.css")]
    [InlineData("/_/health/live")]
    public async Task Every_answer_forbids_what_pages_do_not_need(string path)
    {
        using var answer = await house.Site.GetAsync(path, TestContext.Current.CancellationToken);

        var policy = answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
        policy.ShouldContain("default-src 'none'");
        policy.ShouldContain("script-src 'self'");
        policy.ShouldContain("style-src 'self'");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldNotContain("unsafe");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldHaveSingleItem().ShouldBe("nosniff");
        answer.Headers.Contains("Server").ShouldBeFalse();
    }

    [Fact]
    public async Task Pages_have_nothing_inline()
    {
        using var ada = await house.SignInAsync("ada");
        foreach (var path in new[] { "/", "/_/settings" })
        {
            var page = await ada.OpenAsync(path);

            page.QuerySelectorAll("style, [style], script:not([src])").ShouldBeEmpty();
            page.QuerySelectorAll("*").SelectMany(element => element.Attributes).ShouldNotContain(attribute => attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase));
        }
    }
}
