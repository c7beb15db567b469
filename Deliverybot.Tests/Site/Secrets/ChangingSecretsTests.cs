using System.Net;
using AngleSharp.Html.Dom;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Sandbox;
using Deliverybot.Sandbox.World;
using Deliverybot.Site;
using Deliverybot.Site.SetUp;
using Deliverybot.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site.Secrets;

/// <summary>An operator changes the secrets of an App that was registered in the browser; two processes go on without a restart.</summary>
public sealed class ChangingSecretsTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private const string Secrets = "/_/set-up/secrets";

    private SandboxServer gitHub = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        gitHub = await SandboxServer.StartAsync(new SandboxServerOptions(), Stop);
        await using var site = SiteApplication.Build(SiteArguments.With($"--ConnectionStrings:Deliverybot={database.ConnectionString}"));
        await using var scope = site.Services.CreateAsyncScope();
        var app = gitHub.App;
        var keys = new AppKeys(app.AppId, app.Slug, app.ClientId, new AppSecrets(app.ClientSecret, app.WebhookSecret, app.PrivateKeyPem));
        await scope.ServiceProvider.GetRequiredService<StoredApps>().TryAddAsync(keys, new Uri(gitHub.Url.GetLeftPart(UriPartial.Authority)), Stop);
    }

    public ValueTask DisposeAsync() => gitHub.DisposeAsync();

    [Fact]
    public async Task The_new_one_is_good_beside_the_old_one_in_every_process_until_the_old_one_is_dropped()
    {
        await using var site = SiteWithoutApp.Start(database, gitHub);
        await using var other = SiteWithoutApp.Start(database, gitHub);
        await Task.WhenAll(site.AnswersAsync("/_/health/github", HttpStatusCode.OK), other.AnswersAsync("/_/health/github", HttpStatusCode.OK));
        var (ada, shop) = Town();
        using var operating = await Harness.Browser.SignInAsync(site.Url, "ada", Stop);
        var (webhooks, before) = (gitHub.World.Webhooks, gitHub.App.WebhookSecret);

        // The webhook secret.
        var added = await PostAsync(operating, "AddWebhook");
        var next = added.QuerySelector("#new-secret")!.TextContent;
        await UntilAsync(() => AcceptedAsync(other, next));
        (await AcceptedAsync(site, next)).ShouldBeTrue();
        (await AcceptedAsync(site, before)).ShouldBeTrue();
        (await AcceptedAsync(other, before)).ShouldBeTrue();
        (await operating.OpenAsync(Secrets)).QuerySelector("#new-secret").ShouldBeNull("it is shown once");
        await PostAsync(operating, "SettleWebhook", ("keepNew", "true"));
        await UntilAsync(async () => !await AcceptedAsync(other, before));
        (await AcceptedAsync(site, before)).ShouldBeFalse();
        (await AcceptedAsync(site, next)).ShouldBeTrue();
        (await AcceptedAsync(other, next)).ShouldBeTrue();

        // The private key.
        (await PostAsync(operating, "AddKey", ("pem", "no key"))).QuerySelector("[role=alert]")!.TextContent.ShouldContain("That is no private key");
        var foreign = AppCredentials.Generate().PrivateKeyPem;
        (await PostAsync(operating, "AddKey", ("pem", foreign))).QuerySelector("[role=alert]")!.TextContent.ShouldContain("GitHub doesn't take that key");
        var key = gitHub.AddPrivateKey();
        (await PostAsync(operating, "AddKey", ("pem", key))).QuerySelector("[role=status]")!.TextContent.ShouldContain("Both are good now");
        gitHub.DeletePrivateKey(gitHub.App.PrivateKeyPem);
        (await PostAsync(operating, "SettleKey", ("keepNew", "true"))).QuerySelector("[role=status]")!.TextContent.ShouldContain("new private key alone");

        // The client secret, and that all of it works.
        (await PostAsync(operating, "Client", ("secret", gitHub.App.ClientSecret))).QuerySelector("[role=status]").ShouldNotBeNull();
        webhooks.Secret = next;
        var sha = gitHub.World.Push(shop, "main", ada, "By the new ones");
        await UntilAsync(() => Task.FromResult(gitHub.World.Read(_ => shop.Deployments.Any(made => made.Sha == sha))));
        using var anew = await Harness.Browser.SignInAsync(other.Url, "ada", Stop);
        (await anew.OpenAsync("/acme/shop")).Body!.TextContent.ShouldContain("production");
        site.Log.ShouldContain(line => line.Contains("has changed the App's secrets: the new private key alone", StringComparison.Ordinal));
        site.Log.Concat(other.Log).ShouldNotContain(line => line.Contains(next, StringComparison.Ordinal));

        // To nobody else there is such a page.
        using var rita = await Harness.Browser.SignInAsync(site.Url, "rita", Stop);
        using var hidden = await rita.GetAsync(Secrets, Stop);
        hidden.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private (Account Ada, Repository Shop) Town()
    {
        var world = gitHub.World;
        var ada = world.CreateUser("ada");
        world.CreateUser("rita");
        var acme = world.CreateOrganisation("acme", ada);
        var shop = world.CreateRepository(acme, "shop", new Dictionary<string, string> { [".github/deploy.yml"] = "production:\n  auto_deploy_on: refs/heads/main\n" });
        world.SetPermission(ada, shop, Deliverybot.Sandbox.World.RepositoryPermission.Write);
        world.Install(acme);
        return (ada, shop);
    }

    /// <summary>Sends a webhook to one of the processes.</summary>
    private async Task<bool> AcceptedAsync(SiteWithoutApp site, string secret)
    {
        var webhooks = gitHub.World.Webhooks;
        (webhooks.Url, webhooks.Secret) = (new Uri(site.Url, "/_/webhooks/github"), secret);
        gitHub.World.Push(gitHub.World.FindRepository("acme/shop")!, $"topic-{Guid.NewGuid():N}", gitHub.World.FindAccount("ada")!, "Any");
        await webhooks.WaitUntilDeliveredAsync(Stop);
        return webhooks.Deliveries[^1].StatusCode == 202;
    }

    private static async Task UntilAsync(Func<Task<bool>> isTrue)
    {
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await isTrue())
        {
            await look.WaitForNextTickAsync(Stop);
        }
    }

    private static async Task<IHtmlDocument> PostAsync(HttpClient operating, string handler, params (string Name, string Value)[] fields)
    {
        var page = await operating.OpenAsync(Secrets);
        var token = page.QuerySelector("main input[name=__RequestVerificationToken]").ShouldBeAssignableTo<IHtmlInputElement>()!.Value;
        using var form = new FormUrlEncodedContent(
            [.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)), KeyValuePair.Create("__RequestVerificationToken", token)]);
        using var answer = await operating.PostAsync($"{Secrets}?handler={handler}", form, Stop);
        return await answer.ReadPageAsync();
    }
}
