using System.Net;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

/// <summary>Whatever a form or an address holds, nothing is half done and nothing fails on our side.</summary>
public sealed class FormTextTests(House house) : IClassFixture<House>
{
    private const string DeployFile =
        """
        production:
          auto_deploy_on: refs/heads/slow
        """;

    /// <summary>As they are sent: some can't be written as text of ours.</summary>
    private static readonly string[] Odd =
        ["%00", "production%00", "%ED%A0%80", "%ED%A0%80production", "%FF", "%C3%BC%F0%9F%9A%80", "%0D%0AX-Evil:%201", "%E2%80%AEproduction"];

    [Theory]
    [InlineData("/ü", "/%C3%BC")]
    [InlineData("/acme/shop/branch/ü 🚀?find=ö#ä", "/acme/shop/branch/%C3%BC%20%F0%9F%9A%80?find=%C3%B6#%C3%A4")]
    [InlineData("/ok\r\nX-Evil: 1", null)]
    [InlineData("//evil.example/ü", null)]
    [InlineData("/\\evil.example", null)]
    public async Task A_form_leads_back_whatever_the_page_is_called(string returnUrl, string? to)
    {
        var acts = new ActDriver(house, DeployFile);
        var sha = acts.Shop.Repository.Branches["main"];
        using var ada = await house.SignInAsync("ada");

        using var deployed = await ada.PostFormAsync($"/{acts.Name}/deploy", ("sha", sha), ("target", "production"), ("returnUrl", returnUrl));
        using var locked = await ada.PostFormAsync($"/{acts.Name}/lock", ("environment", "production"), ("returnUrl", returnUrl));

        Went(deployed).ShouldBe((HttpStatusCode.SeeOther, to ?? $"/{acts.Name}"));
        Went(locked).ShouldBe((HttpStatusCode.SeeOther, to ?? $"/{acts.Name}"));
        acts.Shop.Deployed.ShouldBe([sha]);
    }

    [Fact]
    public async Task An_address_to_come_back_to_that_is_longer_than_any_is_left_out()
    {
        var acts = new ActDriver(house, DeployFile);
        using var ada = await house.SignInAsync("ada");

        using var answer = await ada.PostFormAsync($"/{acts.Name}/lock", ("environment", "production"), ("returnUrl", "/" + new string('a', 100_000)));

        Went(answer).ShouldBe((HttpStatusCode.SeeOther, $"/{acts.Name}"));
    }

    [Theory]
    [InlineData("task", 256)]
    [InlineData("target", 3_000)]
    [InlineData("ref", 3_000)]
    public async Task What_is_too_long_is_422_with_a_sentence_and_nothing_is_made(string field, int length)
    {
        var acts = new ActDriver(house, DeployFile);
        using var ada = await house.SignInAsync("ada");
        var fields = new Dictionary<string, string> { ["sha"] = acts.Shop.Repository.Branches["main"], ["target"] = "production", ["ref"] = "main" };
        fields[field] = new string('a', length);

        using var answer = await ada.PostFormAsync($"/{acts.Name}/deploy", [.. fields.Select(item => (item.Key, item.Value))]);

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var said = await answer.Content.ReadAsStringAsync(ActDriver.Stop);
        said.ShouldContain("characters");
        said.Length.ShouldBeLessThan(20_000);
        (await acts.Shop.RowsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_form_that_is_larger_than_any_is_413_and_nothing_is_made()
    {
        var acts = new ActDriver(house, DeployFile);
        using var ada = await house.SignInAsync("ada");

        using var answer = await ada.PostFormAsync(
            $"/{acts.Name}/deploy", ("sha", acts.Shop.Repository.Branches["main"]), ("target", "production"), ("task", new string('a', 3_000_000)));

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await answer.Content.ReadAsStringAsync(ActDriver.Stop)).ShouldContain("No form is as large");
        (await acts.Shop.RowsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_task_of_255_characters_is_deployed()
    {
        var acts = new ActDriver(house, DeployFile);
        using var ada = await house.SignInAsync("ada");

        using var answer = await ada.PostFormAsync(
            $"/{acts.Name}/deploy", ("sha", acts.Shop.Repository.Branches["main"]), ("target", "production"), ("task", new string('a', 255)));

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task No_form_fails_on_our_side_whatever_a_field_holds()
    {
        var acts = new ActDriver(house, DeployFile);
        using var ada = await house.SignInAsync("ada");
        var settings = await ada.OpenAsync("/_/settings");
        var token = $"__RequestVerificationToken={Uri.EscapeDataString(settings.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!)}";
        var usual = new Dictionary<string, string>
        {
            ["environment"] = "production",
            ["target"] = "production",
            ["sha"] = acts.Shop.Repository.Branches["main"],
            ["id"] = "1",
        };
        var fields = ActFormsTests.Fields(house);
        fields.Values.ShouldAllBe(read => read.Count > 0);
        foreach (var act in fields.Keys)
        {
            foreach (var field in fields.Values.SelectMany(read => read).Append("returnUrl").Distinct())
            {
                foreach (var odd in Odd)
                {
                    var sent = string.Join('&', usual.Where(item => item.Key != field).Select(item => $"{item.Key}={item.Value}").Append($"{field}={odd}").Append(token));
                    using var answer = await ada.PostAsync(
                        $"/{acts.Name}/{act}", new StringContent(sent, null, "application/x-www-form-urlencoded"), ActDriver.Stop);
                    ((int)answer.StatusCode).ShouldBeOneOf(odd.Contains("%00", StringComparison.Ordinal) ? [400] : [303, 404, 409, 422], $"{act}: {field}={odd}");
                }
            }
        }
    }

    [Fact]
    public async Task No_page_fails_on_our_side_whatever_its_address_holds()
    {
        var acts = new ActDriver(house, DeployFile);
        using var ada = await house.SignInAsync("ada");
        string[] pages =
        [
            "/?find=", $"/{acts.Name}?find=", $"/{acts.Name}?after=", $"/{acts.Name}?deploy=", $"/{acts.Name}/branch/", $"/{acts.Name}/commit/",
            $"/{acts.Name}/deployments?environment=", $"/{acts.Name}/deployments?person=", $"/{acts.Name}/deployments?target=", $"/{acts.Name}/deployments?before=",
            $"/{acts.Name}/activity?person=", $"/{acts.Name}/activity?environment=", $"/{acts.Name}/metrics?environment=", $"/{acts.Name}/metrics?format=csv&environment=",
            $"/{acts.Name}/environments?find=", $"/{acts.Name}/environments?page=", $"/{acts.Name}/environments?handler=Act&environment=", "/_/sign-in?returnUrl=/",
        ];

        foreach (var page in pages)
        {
            foreach (var odd in Odd.Append(new string('a', 5_000)))
            {
                using var answer = await ada.GetAsync(page + odd, ActDriver.Stop);
                ((int)answer.StatusCode).ShouldBeLessThan(500, page + odd);
            }
        }
    }

    private static (HttpStatusCode Status, string? To) Went(HttpResponseMessage answer) => (answer.StatusCode, answer.Headers.Location?.OriginalString);
}
