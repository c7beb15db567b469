using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Deliverybot.Sandbox.Faults;
using Deliverybot.Sandbox.Processes;
using Deliverybot.Site.SelfTest;
using Deliverybot.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

/// <summary>The page; what the command says more is in <see cref="CheckCommandTests"/>.</summary>
public sealed class SelfTestTests(TestPostgreSql postgreSql) : IAsyncLifetime
{
    private const string Page = "/_/set-up/check";

    private readonly House house = new(postgreSql);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => house.InitializeAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task Where_all_is_as_it_should_be_it_says_so()
    {
        using var ada = await house.SignInAsync("ada");
        await DeliverAsync();

        var page = await ada.OpenAsync(Page);

        Bad(page).ShouldBeEmpty();
        page.QuerySelectorAll("#checks, #browser").Length.ShouldBe(2);
        foreach (var name in new[] { "GitHub App", "Permissions", "Events", "Installations", "Webhook address", "Webhooks of late", "Clock", "Database", "Migrations", "Workers", "Time zones and languages", "Public address" })
        {
            Of(page, name).GetAttribute("data-verdict").ShouldBe("Good", Of(page, name).TextContent);
        }

        page.QuerySelector("main .note")!.TextContent.ShouldContain("It works.");
        Of(page, "Key certificate").TextContent.ShouldContain("trying out alone");
    }

    [Fact]
    public async Task For_whom_the_setting_does_not_name_there_is_no_such_page()
    {
        using var rita = await house.SignInAsync("rita");
        house.GitHub.Requests.Clear();

        using var seen = await rita.GetAsync(Page, Stop);
        using var sent = await rita.PostFormAsync($"{Page}?handler=Act");
        using var stranger = await house.Site.GetAsync(Page, Stop);

        seen.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        sent.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        stranger.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        house.GitHub.Requests.All.ShouldNotContain(request => request.Path.Contains("/app", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_secret_is_shown()
    {
        using var ada = await house.SignInAsync("ada");

        using var answer = await ada.GetAsync(Page, Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);

        var app = house.GitHub.App;
        foreach (var secret in new[] { app.WebhookSecret, app.ClientSecret, app.PrivateKeyPem.Split('\n')[1], house.Database.ConnectionString })
        {
            text.ShouldNotContain(secret);
        }
    }

    [Fact]
    public async Task What_the_App_lacks_is_told_with_what_does_not_work_and_where_it_is_mended()
    {
        house.World.AppPermissions["statuses"] = "read";
        house.World.AppPermissions.Remove("issues");
        house.World.AppPermissions["actions"] = "read";
        house.World.AppPermissions["contents"] = "write";
        house.World.AppEvents.Remove("push");
        house.World.AppEvents.Add("star");
        using var ada = await house.SignInAsync("ada");

        var page = await ada.OpenAsync(Page);

        var permissions = Of(page, "Permissions");
        permissions.TextContent.ShouldContain("'Commit statuses' is set to read-only");
        permissions.TextContent.ShouldContain("'Issues' is set to no access: commands in pull requests get no answer");
        permissions.TextContent.ShouldContain("'Contents' is set to read and write, and read-only is enough");
        permissions.TextContent.ShouldContain("'Actions' (read-only) isn't needed");
        permissions.QuerySelector("a")!.GetAttribute("href").ShouldBe($"{house.GitHub.Url.GetLeftPart(UriPartial.Authority)}/organizations/deliverybot-makers/settings/apps/deliverybot/permissions");
        var events = Of(page, "Events");
        events.TextContent.ShouldContain("'Push' isn't subscribed to: no push is deployed");
        events.TextContent.ShouldContain("Not needed, and not stored: Star");
        Bad(page).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Installations_that_have_not_accepted_what_the_App_was_given_since_are_named()
    {
        house.World.AppPermissions["actions"] = "read";
        house.World.AppEvents.Add("workflow_run");
        using var ada = await house.SignInAsync("ada");

        var page = await ada.OpenAsync(Page);

        var installations = Of(page, "Installations");
        installations.GetAttribute("data-verdict").ShouldBe("Warning");
        installations.TextContent.ShouldContain("acme hasn't accepted yet: Actions (read-only), the event Workflow run");
        installations.QuerySelector("a")!.GetAttribute("href")!.ShouldContain("/organizations/acme/settings/installations/");
    }

    [Fact]
    public async Task A_webhook_that_leads_elsewhere_or_is_not_signed_is_told()
    {
        using var ada = await house.SignInAsync("ada");
        house.World.Webhooks.Url = new Uri("http://127.0.0.1:1/elsewhere");
        (house.World.Webhooks.AsForm, house.World.Webhooks.Signs) = (true, false);
        house.World.Webhooks.Ping();
        await house.World.Webhooks.WaitUntilDeliveredAsync(Stop);

        var page = await ada.OpenAsync(Page);

        var hook = Of(page, "Webhook address").TextContent;
        hook.ShouldContain("GitHub sends webhooks to http://127.0.0.1:1/elsewhere, which isn't here.");
        hook.ShouldContain($"Set the webhook URL to {house.SiteUrl}_/webhooks/github");
        hook.ShouldContain("Webhooks come as 'form'");
        hook.ShouldContain("Webhooks aren't signed");
        Of(page, "Webhooks of late").TextContent.ShouldContain("GitHub got no answer");
    }

    [Fact]
    public async Task A_webhook_goes_there_and_back_when_somebody_wants_it()
    {
        using var ada = await house.SignInAsync("ada");
        await DeliverAsync();
        var before = house.World.Webhooks.Deliveries.Count;

        var page = await ada.OpenAsync(Page);
        house.World.Webhooks.Deliveries.Count.ShouldBe(before);
        using var answer = await ada.SubmitAsync(page.QuerySelector("main form").ShouldBeAssignableTo<IHtmlFormElement>()!);

        var tried = Of(await answer.ReadPageAsync(), "Webhook there and back");
        tried.GetAttribute("data-verdict").ShouldBe("Good", tried.TextContent);
        tried.TextContent.ShouldContain("was answered with 202");
        house.World.Webhooks.Deliveries.Count.ShouldBe(before + 1);
    }

    [Fact]
    public async Task A_webhook_that_is_refused_says_why()
    {
        using var ada = await house.SignInAsync("ada");
        await DeliverAsync();
        house.World.Webhooks.Signs = false;

        using var answer = await ada.PostFormAsync($"{Page}?handler=Act");

        var tried = Of(await answer.ReadPageAsync(), "Webhook there and back");
        tried.GetAttribute("data-verdict").ShouldBe("Bad");
        tried.TextContent.ShouldContain("it was answered with 401");
        tried.TextContent.ShouldContain("GitHub:WebhookSecret isn't the App's");
    }

    [Fact]
    public async Task Where_GitHub_is_slow_or_has_faults_each_check_says_so_and_the_others_are_made()
    {
        using var ada = await house.SignInAsync("ada");
        house.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<SelfTestPatience>>().Value.Longest = TimeSpan.FromSeconds(1);
        house.GitHub.Faults.Add(new FaultRule { Route = "/app", Latency = TimeSpan.FromMinutes(1) });
        house.GitHub.Faults.Add(new FaultRule { Route = "/app/hook/deliveries", ErrorShare = 1, ErrorStatus = 404 });

        var page = await ada.OpenAsync(Page);

        house.GitHub.Faults.Clear();
        foreach (var name in new[] { "GitHub App", "Permissions", "Events", "Installations", "Webhook address" })
        {
            Of(page, name).TextContent.ShouldContain("didn't answer within 1 seconds.");
            Of(page, name).TextContent.ShouldContain("whether this machine may call");
        }

        Of(page, "Webhooks of late").TextContent.ShouldContain("GitHub says:");
        Of(page, "Database").GetAttribute("data-verdict").ShouldBe("Good");
        page.QuerySelector("main .note")!.TextContent.ShouldContain("6 things don’t work.");
    }

    [Fact]
    public async Task Each_check_is_explained()
    {
        var page = await File.ReadAllTextAsync(RepositoryFolder.Of("docs", "operating.md"), Stop);
        await using var scope = house.Services.CreateAsyncScope();

        scope.ServiceProvider.GetServices<ICheck>().Select(check => check.Name)
            .Where(name => !page.Split('\n').Any(line => line.StartsWith('|') && line.Split('|')[1].Split(',').Any(cell => cell.Trim() == name)))
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task The_set_up_page_leads_to_it()
    {
        var page = await house.Site.OpenAsync("/_/set-up");

        page.QuerySelectorAll("main a").Select(link => link.GetAttribute("href")).ShouldContain(Page);
    }

    /// <summary>GitHub has sent something, and it came in.</summary>
    private async Task DeliverAsync()
    {
        house.World.Webhooks.Ping();
        await house.World.Webhooks.WaitUntilDeliveredAsync(Stop);
    }

    private static IElement Of(IParentNode page, string check) =>
        page.QuerySelectorAll("li.setting").Single(line => line.QuerySelector("strong")!.TextContent == check);

    private static List<string> Bad(IParentNode page) =>
        [.. page.QuerySelectorAll("li[data-verdict=Bad]").Select(line => line.TextContent)];
}
