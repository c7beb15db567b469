using System.Net;
using AngleSharp.Html.Dom;
using Deliverybot.Sandbox;
using Deliverybot.Sandbox.World;
using Deliverybot.Site;
using Deliverybot.Site.Settings;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Promises;
using Microsoft.AspNetCore.WebUtilities;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

/// <summary>From a site without an App to one that has its own, in a browser without scripts.</summary>
public sealed class RegisteringTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private const string DeployFile = "production:\n  auto_deploy_on: refs/heads/main\n";

    private SandboxServer gitHub = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => gitHub = await SandboxServer.StartAsync(new SandboxServerOptions(), Stop);

    /// <summary>One database for all: each begins without an App, and with a code of its own.</summary>
    public async ValueTask DisposeAsync()
    {
        await gitHub.DisposeAsync();
        await using var forget = database.Source.CreateCommand("truncate registered_app, set_up_code");
        await forget.ExecuteNonQueryAsync(CancellationToken.None);
    }

    [Fact]
    public async Task An_App_is_registered_and_all_processes_go_on_with_it()
    {
        await using var site = await StartAsync();
        await using var other = await StartAsync();
        using var visitor = await UnlockAsync(site);
        // Whoever balances load sends people to the page on which the App is registered.
        await site.AnswersAsync("/_/health/ready", HttpStatusCode.OK);

        var back = await RegisterAsync(site, visitor, "acme");
        using var answer = await visitor.GetAsync(back, Stop);
        answer.Headers.Location!.OriginalString.ShouldBe("/_/set-up");
        await Task.WhenAll(site.AnswersAsync("/_/health/github", HttpStatusCode.OK), other.AnswersAsync("/_/health/github", HttpStatusCode.OK));

        var next = await visitor.OpenAsync("/_/set-up");
        next.QuerySelectorAll("main a").Select(link => link.GetAttribute("href")).ShouldContain($"{site.GitHubUrl}github-apps/deliverybot/installations/new");
        var (ada, shop) = Install();
        var sha = site.World.Push(shop, "main", ada, "First");
        using var signedIn = await Harness.Browser.SignInAsync(site.Url, "ada", Stop);
        while (site.World.Read(_ => shop.Deployments.Count) == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), Stop);
        }

        site.World.Read(_ => shop.Deployments.ToList()).ShouldHaveSingleItem().Sha.ShouldBe(sha);
        (await signedIn.OpenAsync("/acme/shop")).Body!.TextContent.ShouldContain("production");
        (await StoredAsync()).ShouldNotContain(gitHub.App.WebhookSecret);
    }

    [Fact]
    public async Task GitHub_is_told_all_that_the_App_needs_and_nothing_more()
    {
        await using var site = await StartAsync();
        using var visitor = await UnlockAsync(site);

        await RegisterAsync(site, visitor, organisation: null);

        var manifest = gitHub.World.Manifests.Newest!;
        manifest["public"]!.GetValue<bool>().ShouldBeFalse();
        manifest["hook_attributes"]!["url"]!.ToString().ShouldBe($"{site.Url}_/webhooks/github");
        manifest["callback_urls"]!.AsArray().Select(url => $"{url}").ShouldBe([$"{site.Url}_/sign-in/github"]);
        manifest["default_permissions"]!.AsObject().ToDictionary(each => each.Key, each => $"{each.Value}").ShouldBe(SecurityDocument.Permissions, ignoreOrder: true);
        manifest["default_events"]!.AsArray().Select(name => $"{name}").ShouldBe(SecurityDocument.Events, ignoreOrder: true);
    }

    [Fact]
    public async Task Whoever_wants_to_keep_the_keys_elsewhere_sees_them_once()
    {
        await using var site = await StartAsync();
        using var visitor = await UnlockAsync(site);

        var back = await RegisterAsync(site, visitor, "acme", ("Form.ShowOnly", "true"));
        var shown = await visitor.OpenAsync(back);

        var text = shown.QuerySelector("pre")!.TextContent;
        text.ShouldContain($"GitHub__AppId='{gitHub.App.AppId}'");
        text.ShouldContain($"GitHub__WebhookSecret='{gitHub.App.WebhookSecret}'");
        text.ShouldContain($"GitHub__PrivateKey='{gitHub.App.PrivateKeyPem.Trim().ReplaceLineEndings("\\n")}'");
        (await StoredAsync()).ShouldBeEmpty();
        using var again = await visitor.GetAsync(back, Stop);
        (await again.ReadPageAsync()).Body!.TextContent.ShouldContain("doesn't know this code");
    }

    [Fact]
    public async Task The_code_is_good_once_and_for_five_tries()
    {
        await using var site = await StartAsync();
        using var first = await UnlockAsync(site);
        using var visitor = site.Visit();

        using (var used = await TryAsync(visitor, site.Code!))
        {
            used.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (await used.ReadPageAsync()).Body!.TextContent.ShouldContain("isn't good any more");
        }

        var before = site.Code!;
        for (var wrong = 0; wrong < 4; wrong++)
        {
            using var answer = await TryAsync(visitor, "AAAA-BBBB-CCCC");
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }

        while (site.Code == before)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), Stop);
        }

        using var unlocked = await TryAsync(visitor, $" {site.Code!.ToLowerInvariant()} ");
        unlocked.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Nobody_else_brings_an_App_in()
    {
        await using var site = await StartAsync();
        using var visitor = await UnlockAsync(site);
        using var stranger = site.Visit();
        using var another = await UnlockAnotherAsync(site);
        var back = await RegisterAsync(site, visitor, "acme");

        using var unknown = await stranger.GetAsync(back, Stop);
        using var foreign = await another.GetAsync(back, Stop);
        using var forged = await visitor.GetAsync(QueryHelpers.AddQueryString("/_/set-up/registered", new Dictionary<string, string?> { ["code"] = "x", ["state"] = "y" }), Stop);
        using var form = await PostAsync(stranger, "/_/set-up?handler=Register", ("Form.Name", "Mine"), ("Form.GitHub", site.GitHubUrl.OriginalString));

        unknown.Headers.Location!.OriginalString.ShouldBe("/_/set-up");
        foreign.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        forged.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        form.Headers.Location!.OriginalString.ShouldBe("/_/set-up");
        (await StoredAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_first_App_stays_and_settings_go_before_it()
    {
        await using var site = await StartAsync();
        using var visitor = await UnlockAsync(site);
        using var rival = await UnlockAnotherAsync(site);
        var (back, late) = (await RegisterAsync(site, visitor, "acme"), await RegisterAsync(site, rival, "acme"));

        using (var taken = await visitor.GetAsync(back, Stop))
        {
            taken.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        }

        using (var refused = await rival.GetAsync(late, Stop))
        {
            // Or the site has begun anew already.
            (refused.StatusCode == HttpStatusCode.Redirect ? "stays" : (await refused.ReadPageAsync()).Body!.TextContent).ShouldContain("stays");
        }

        // Whoever sets one of them sets all: nothing is mixed.
        string[] own = ["--environment", "Development", $"--ConnectionStrings:Deliverybot={database.ConnectionString}", $"--Deliverybot:PublicUrl={site.Url}", "--GitHub:AppId=7"];
        var fault = await Should.ThrowAsync<SettingsException>(() => SiteHost.RunAsync(own, cancellationToken: Stop));
        fault.Message.ShouldContain("GitHub:AppSlug is missing");
    }

    [Fact]
    public async Task What_cannot_be_registered_is_said_before_GitHub_is_asked()
    {
        await using var site = await StartAsync();
        using var visitor = await UnlockAsync(site);

        foreach (var (name, organisation, url, fault) in new[]
        {
            ("", "", "https://github.com", "Give the App a name"),
            ("Mine", "no/such", "https://github.com", "is no name of an organisation"),
            ("Mine", "", "http://github.example", "tokens would travel unencrypted"),
            ("Mine", "", "nowhere", "The address of GitHub is 'nowhere'"),
        })
        {
            using var answer = await PostAsync(visitor, "/_/set-up?handler=Register", ("Form.Name", name), ("Form.Organisation", organisation), ("Form.GitHub", url));

            answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, string.Join("\n", site.Log.TakeLast(3)));
            (await answer.ReadPageAsync()).QuerySelector("[role=alert]")!.TextContent.ShouldContain(fault);
        }
    }

    [Fact]
    public async Task What_breaks_on_the_way_has_a_page_that_says_so()
    {
        await using var site = await StartAsync();
        using var visitor = site.Visit();
        await using (var harm = database.Source.CreateCommand(
            """
            create function refuse() returns trigger language plpgsql as 'begin raise exception ''no''; end';
            create trigger refuse before update on set_up_code for each row when (new.ends_at = old.ends_at) execute function refuse()
            """))
        {
            await harm.ExecuteNonQueryAsync(Stop);
        }

        using var broken = await TryAsync(visitor, "AAAA-BBBB-CCCC");
        using var forged = await visitor.PostAsync("/_/set-up?handler=Unlock", new FormUrlEncodedContent([KeyValuePair.Create("Code", "x")]), Stop);
        await using (var mend = database.Source.CreateCommand("drop function refuse() cascade"))
        {
            await mend.ExecuteNonQueryAsync(Stop);
        }

        broken.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        var page = await broken.ReadPageAsync();
        page.QuerySelector("main")!.TextContent.ShouldContain("Something broke on our side");
        page.QuerySelector("main a")!.GetAttribute("href").ShouldBe("/_/set-up");
        forged.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await forged.ReadPageAsync()).QuerySelector("main")!.TextContent.ShouldContain("This form is out of date");
    }

    [Fact]
    public async Task Before_there_is_an_App_the_self_test_leads_to_the_set_up()
    {
        await using var site = await StartAsync();
        using var visitor = site.Visit();

        (await visitor.OpenAsync("/_/set-up/check")).QuerySelector("#code").ShouldNotBeNull();
    }

    private async Task<SiteWithoutApp> StartAsync()
    {
        var site = SiteWithoutApp.Start(database, gitHub);
        await site.AnswersAsync("/_/set-up", HttpStatusCode.OK);
        return site;
    }

    private (Account Ada, Repository Shop) Install()
    {
        var world = gitHub.World;
        var acme = world.FindAccount("acme")!;
        var ada = world.CreateUser("ada");
        world.AddMember(acme, ada);
        var shop = world.CreateRepository(acme, "shop", new Dictionary<string, string> { [".github/deploy.yml"] = DeployFile });
        world.SetPermission(ada, shop, RepositoryPermission.Write);
        world.Install(acme);
        return (ada, shop);
    }

    private static async Task<HttpClient> UnlockAsync(SiteWithoutApp site)
    {
        while (site.Code is null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), Stop);
        }

        var visitor = site.Visit();
        using var answer = await TryAsync(visitor, site.Code);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return visitor;
    }

    /// <summary>As if a quarter of an hour had passed.</summary>
    private async Task<HttpClient> UnlockAnotherAsync(SiteWithoutApp site)
    {
        var before = site.Code;
        await using (var age = database.Source.CreateCommand("update set_up_code set ends_at = now() - interval '1 second'"))
        {
            await age.ExecuteNonQueryAsync(Stop);
        }

        while (site.Code == before)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), Stop);
        }

        return await UnlockAsync(site);
    }

    private static Task<HttpResponseMessage> TryAsync(HttpClient visitor, string code) => PostAsync(visitor, "/_/set-up?handler=Unlock", ("Code", code));

    /// <summary>Goes to GitHub and agrees there.</summary>
    /// <returns>Where GitHub sends the browser back to.</returns>
    private static async Task<string> RegisterAsync(SiteWithoutApp site, HttpClient visitor, string? organisation, params (string, string)[] more)
    {
        if (organisation is not null && site.World.FindAccount(organisation) is null)
        {
            site.World.CreateOrganisation(organisation, site.World.CreateUser("olive"));
        }

        using var leaving = await PostAsync(
            visitor, "/_/set-up?handler=Register", [("Form.Name", "Acme Deliverybot"), ("Form.Organisation", organisation ?? ""), ("Form.GitHub", site.GitHubUrl.OriginalString), .. more]);
        leaving.StatusCode.ShouldBe(HttpStatusCode.OK);
        var form = (await leaving.ReadPageAsync()).QuerySelector("form[data-leaves]").ShouldBeAssignableTo<IHtmlFormElement>()!;
        using var asked = await visitor.SubmitAsync(form);
        var consent = (await asked.ReadPageAsync()).QuerySelector("form").ShouldBeAssignableTo<IHtmlFormElement>()!;
        var fields = consent.Elements.OfType<IHtmlInputElement>().Select(input => KeyValuePair.Create(input.Name!, input.Value)).Append(KeyValuePair.Create("create", "yes"));
        using var content = new FormUrlEncodedContent(fields);
        using var back = await visitor.PostAsync(new Uri(site.GitHubUrl, consent.GetAttribute("action")), content, Stop);
        return back.Headers.Location!.OriginalString;
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient visitor, string path, params (string Name, string Value)[] fields)
    {
        var page = await visitor.OpenAsync("/_/set-up");
        var token = page.QuerySelector("input[name=__RequestVerificationToken]").ShouldBeAssignableTo<IHtmlInputElement>()!.Value;
        return await visitor.PostAsync(path, new FormUrlEncodedContent(
            [.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)), KeyValuePair.Create("__RequestVerificationToken", token)]), Stop);
    }

    /// <summary>All that the database keeps of an App, as text.</summary>
    private async Task<string> StoredAsync()
    {
        await using var command = database.Source.CreateCommand("select coalesce(string_agg(app::text, ' '), '') from registered_app app");
        return (string)(await command.ExecuteScalarAsync(Stop))!;
    }
}
