using System.Net;
using AngleSharp.Html.Dom;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

/// <summary>Without JavaScript a form sends what it holds: each must hold all that is needed.</summary>
public sealed class OwnFormsTests(House house) : IClassFixture<House>
{
    private const string DeployFile = "checked:\n  required_contexts: [ci]\n";

    [Fact]
    public async Task What_checks_refuse_is_forced_by_the_button_of_the_refusal()
    {
        var repository = house.CreateRepository(DeployFile);
        using var ada = await house.SignInAsync("ada");
        using var refused = await ada.PostFormAsync($"/{repository.FullName}/deploy", ("target", "checked"), ("sha", repository.Branches["main"]), ("ref", "main"));
        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var form = (await refused.ReadPageAsync()).QuerySelectorAll("main form").Single(form => form.QuerySelector("[name=force]") is not null).ShouldBeAssignableTo<IHtmlFormElement>()!;

        using var asked = await ada.SubmitAsync(form);
        asked.StatusCode.ShouldBe(HttpStatusCode.OK);
        repository.Deployments.ShouldBeEmpty();
        var question = (await asked.ReadPageAsync()).QuerySelector("form.act-confirm").ShouldBeAssignableTo<IHtmlFormElement>()!;
        question.TextContent.ShouldContain("Force overrules");

        using var answer = await ada.SubmitAsync(question);

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        repository.Deployments.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Every_session_is_ended_by_the_button_in_the_settings()
    {
        using var ada = await house.SignInAsync("ada");
        using var elsewhere = await house.SignInAsync("ada");
        var page = await ada.OpenAsync("/_/settings");
        var form = page.QuerySelectorAll("form").OfType<IHtmlFormElement>().Single(form => form.TextContent.Contains("everywhere", StringComparison.Ordinal));

        using var answer = await ada.SubmitAsync(form);

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        using var later = await elsewhere.GetAsync("/_/settings", TestContext.Current.CancellationToken);
        later.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }
}
