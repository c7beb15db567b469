using System.Net;
using Deliverybot.Data.Deploying;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

/// <summary>However long a reason is, it is whole one click from wherever it is shown.</summary>
public sealed class ReasonsTests(House house) : IClassFixture<House>
{
    private static readonly string Long = string.Join(' ', Enumerable.Range(1, 33).Select(number => $"reason{number:00}"))[..200].TrimEnd();

    [Fact]
    public async Task A_long_reason_is_whole_within_one_click_and_what_came_to_nothing_keeps_its_own()
    {
        var acts = new ActDriver(house, "production:\n  auto_deploy_on: refs/heads/main\n  queue: latest\n");
        await acts.GoLiveAsync("One");
        acts.Writer(ActDriver.Grace);
        using var grace = await house.SignInAsync("grace");
        using var locked = await grace.PostFormAsync($"/{acts.Name}/lock", ("environment", "production"), ("reason", Long));
        locked.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var first = await acts.Shop.SettledAsync(acts.Shop.Push("Two"));
        using var ada = await house.SignInAsync("ada");

        foreach (var place in new[] { "", "/environments", "/deployments", $"/commit/{first.Sha}" })
        {
            var page = await ada.OpenAsync($"/{acts.Name}{place}");
            page.QuerySelectorAll($"main a[href='/{acts.Name}/deployments/{first.Id}'], main a[href='/{acts.Name}/commit/{first.Sha}']").ShouldNotBeEmpty(place);
        }

        (await WholeAsync(ada, acts, first)).ShouldContain($"production is locked by grace: {Long}.");

        var second = await acts.Shop.SettledAsync(acts.Shop.Push("Three"));
        var superseded = (await acts.Shop.RowsAsync()).Single(row => row.Id == first.Id);
        superseded.State.ShouldBe(DeploymentState.Superseded);
        (await WholeAsync(ada, acts, first)).ShouldContain(second.Sha.Short);
        using var cancelled = await ada.PostFormAsync($"/{acts.Name}/cancel", ("id", $"{second.Id}"));
        (await WholeAsync(ada, acts, second)).ShouldContain("Cancelled by ada.");
        var list = (await ada.OpenAsync($"/{acts.Name}/deployments")).QuerySelector("#lines")!.TextContent;
        list.ShouldContain("Cancelled by ada.");
        list.ShouldContain(superseded.Reason!.ToString());
    }

    private static async Task<string> WholeAsync(HttpClient by, ActDriver acts, Deployment row) =>
        string.Join(' ', (await by.OpenAsync($"/{acts.Name}/deployments/{row.Id}")).QuerySelector("#story")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
