using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

/// <summary>A repository with 1 500 environments: a page costs what a page with a few does.</summary>
public sealed class ManyEnvironmentsTests(House house) : IClassFixture<House>, IAsyncLifetime
{
    private const int Others = 1000;
    private const int Previews = 500;
    private const int MostBytes = 150_000;

    private const string DeployFile =
        """
        staging:
          environment: staging
        production:
          environment: production
          after: [staging]
        """;

    private string address = "";
    private RepositoryId repository;

    public async ValueTask InitializeAsync()
    {
        var shop = house.CreateRepository(DeployFile);
        address = $"/{shop.FullName}/environments";
        repository = await house.KnownAsync(shop);
        await house.WriteAsync(
        [
            .. Enumerable.Range(0, Others).Select(number => PageRows.Deployment(repository, Sha(number), Name("place", number))),
            .. Enumerable.Range(0, Previews).Select(number => PageRows.Deployment(
                repository, Sha(Others + number), Name("preview", number), at: DateTimeOffset.UnixEpoch.AddYears(50).AddMinutes(number), transient: true)),
        ]);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_page_is_small_and_asks_GitHub_for_what_it_shows()
    {
        using var ada = await house.SignInAsync("ada");
        foreach (var number in new[] { 1, 2, 40, 51 })
        {
            house.GitHub.Requests.Clear();

            var page = await ada.GetStringAsync($"{address}?number={number}", TestContext.Current.CancellationToken);

            page.Length.ShouldBeLessThan(MostBytes);
            var asked = house.GitHub.Requests.All.Where(request => request.Path.EndsWith("/graphql", StringComparison.Ordinal)).ShouldHaveSingleItem();
            asked.Bytes.ShouldBeInRange(100, 20_000);
        }
    }

    [Fact]
    public async Task What_an_open_page_is_given_is_its_own_part()
    {
        using var ada = await house.SignInAsync("ada");

        var page = await ada.OpenAsync($"{address}?number=3");
        var changes = await ada.OpenAsync(page.QuerySelector("[data-live]")!.GetAttribute("hx-get")!);

        Names(changes).ShouldBe(Names(page));
        changes.DocumentElement.OuterHtml.Length.ShouldBeLessThan(MostBytes);
    }

    [Fact]
    public async Task The_pipeline_comes_first_and_previews_last_and_the_pages_lead_through_all_of_them_once()
    {
        using var ada = await house.SignInAsync("ada");
        var seen = new List<string>();
        var next = address;
        while (next is not null)
        {
            var page = await ada.OpenAsync(next);
            seen.AddRange(Names(page));
            page.GetElementById("board-summary")!.TextContent.ShouldContain($"{Others + 2} environments");
            next = page.QuerySelector(".pager a[rel=next]")?.GetAttribute("href");
        }

        seen.Count.ShouldBe(Others + Previews + 2);
        seen.Distinct().Count().ShouldBe(seen.Count);
        seen[..3].ShouldBe(["staging", "production", Name("place", 0)]);
        seen[(Others + 2)..].ShouldBe(Enumerable.Range(0, Previews).Select(number => Name("preview", number)));
    }

    [Fact]
    public async Task One_is_found_by_its_name()
    {
        using var ada = await house.SignInAsync("ada");

        var page = await ada.OpenAsync($"{address}?find=PLACE-077");
        var none = await ada.OpenAsync($"{address}?find=nowhere");

        Names(page).ShouldBe(Enumerable.Range(770, 10).Select(number => Name("place", number)));
        page.QuerySelector(".pager").ShouldBeNull();
        page.QuerySelector<IHtmlInputElement>("input[name=find]")!.Value.ShouldBe("PLACE-077");
        none.QuerySelector(".empty")!.TextContent.ShouldContain("nowhere");
    }

    [Theory]
    [InlineData("number=0", "staging")]
    [InlineData("number=-5", "staging")]
    [InlineData("number=nonsense", "staging")]
    [InlineData("number=99999999999", "staging")]
    [InlineData("number=999", "preview-0499")]
    public async Task A_page_that_there_is_not_is_the_nearest_one(string query, string shown)
    {
        using var ada = await house.SignInAsync("ada");

        Names(await ada.OpenAsync($"{address}?{query}")).ShouldContain(shown);
    }

    [Fact]
    public async Task A_form_of_a_later_page_is_fetched_when_it_is_opened_and_leads_back_there()
    {
        using var ada = await house.SignInAsync("ada");
        var page = await ada.OpenAsync($"{address}?number=2");
        page.QuerySelectorAll("#board form").ShouldBeEmpty();
        var menu = page.QuerySelectorAll("#board .act-form")[^1];

        var opened = await ada.OpenAsync(menu.GetAttribute("hx-get")!);
        var plain = await ada.OpenAsync(menu.QuerySelector("a")!.GetAttribute("href")!);
        using var answer = await ada.SubmitAsync(plain.QuerySelector<IHtmlFormElement>("#act form")!);

        opened.QuerySelector("input[name=environment]")!.GetAttribute("value").ShouldBe(Names(page)[^1]);
        Names(plain).ShouldBe(Names(page));
        answer.Headers.Location!.OriginalString.ShouldBe($"{address}?number=2#{page.QuerySelectorAll("li.environment")[^1].Id}");
    }

    [Fact]
    public async Task A_crowd_that_waits_for_one_environment_is_told_by_its_number()
    {
        await house.WriteAsync([.. Enumerable.Range(0, 200).Select(number => PageRows.Deployment(repository, Sha(5000 + number), "staging", DeploymentState.Waiting))]);
        using var ada = await house.SignInAsync("ada");

        var page = await ada.OpenAsync($"{address}?find=staging");

        page.QuerySelectorAll(".way > li").Length.ShouldBe(10);
        page.QuerySelector(".way-more a")!.TextContent.ShouldBe("190 more after these");
        page.DocumentElement.OuterHtml.Length.ShouldBeLessThan(MostBytes);
    }

    private static IReadOnlyList<string> Names(IParentNode page) => [.. page.QuerySelectorAll(".environment-name").Select(name => name.TextContent.Trim())];

    private static string Name(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{number:D4}");

    private static string Sha(int number) => string.Create(CultureInfo.InvariantCulture, $"{number:x40}");
}
