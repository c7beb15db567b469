using System.Net;
using System.Text.RegularExpressions;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
using Deliverybot.Sandbox.Processes;
using Deliverybot.Site.Pages.Acts;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

/// <summary>The forms by which people act, over HTTP.</summary>
public sealed partial class ActFormsTests(House house) : IClassFixture<House>
{
    private const string DeployFile =
        """
        production:
          auto_deploy_on: refs/heads/main
        checked:
          environment: staging
          auto_deploy_on: refs/heads/slow
          required_contexts: [ci, deliverybot/promotion]
        """;

    public static TheoryData<string> Words => [.. ActForms.ByWord.Keys];

    /// <summary>What each form reads.</summary>
    internal static IReadOnlyDictionary<string, IReadOnlyList<string>> Fields(House house)
    {
        using var scope = house.Services.CreateScope();
        return ActForms.ByWord.Keys.ToDictionary(word => word, word => scope.ServiceProvider.GetRequiredKeyedService<IActForm>(word).Fields);
    }

    /// <summary>A form that leads nowhere, and an act that no page has a form for.</summary>
    [Fact]
    public void The_forms_on_pages_are_those_that_there_are() =>
        Directory.EnumerateFiles(RepositoryFolder.Of("Deliverybot.Site", "Pages"), "*.cshtml", SearchOption.AllDirectories)
            .SelectMany(view => Form.Matches(File.ReadAllText(view)))
            .Select(form => form.Groups[1].Value)
            .Distinct()
            .ShouldBe(ActForms.ByWord.Keys, ignoreOrder: true);

    [Fact]
    public async Task Without_scripts_the_page_that_a_form_leads_back_to_says_once_what_was_done()
    {
        var acts = new ActDriver(house, DeployFile);
        using var ada = await house.SignInAsync("ada");

        using var locked = await PostAsync(ada, acts, "lock", ("environment", "production"), ("reason", "<b>tea</b>"));
        var cookie = locked.Headers.GetValues("Set-Cookie").Single(set => set.StartsWith("deliverybot-notice=", StringComparison.Ordinal));
        var told = await ada.OpenAsync(locked.Headers.Location!.OriginalString);
        var after = await ada.OpenAsync(locked.Headers.Location!.OriginalString);

        var said = told.QuerySelectorAll("#toasts [role=status].note").ShouldHaveSingleItem();
        said.TextContent.ShouldContain("production is locked by ada: <b>tea</b>.");
        said.QuerySelector("a.note-close")!.GetAttribute("href").ShouldBe(locked.Headers.Location!.OriginalString);
        after.QuerySelector("#toasts [role=status].note").ShouldBeNull();
        cookie.ShouldNotContain("tea");
        cookie.ShouldContain("max-age=60");
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=strict");
    }

    [Fact]
    public async Task What_a_form_has_done_is_said_to_nobody_else()
    {
        var acts = new ActDriver(house, DeployFile);
        using var ada = await house.SignInAsync("ada");
        using var rita = await house.SignInAsync("rita");
        using var locked = await PostAsync(ada, acts, "lock", ("environment", "production"));
        var left = locked.Headers.GetValues("Set-Cookie").Single(set => set.StartsWith("deliverybot-notice=", StringComparison.Ordinal)).Split(';')[0];

        foreach (var forged in new[] { left, "deliverybot-notice=Everything+is+well", "deliverybot-notice=" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/_/settings");
            request.Headers.Add("Cookie", forged);
            using var answer = await rita.SendAsync(request, ActDriver.Stop);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await answer.ReadPageAsync()).QuerySelector("#toasts [role=status].note").ShouldBeNull(forged);
        }
    }

    [Fact]
    public async Task A_writer_locks_and_unlocks_and_comes_back()
    {
        var acts = new ActDriver(house, DeployFile);
        using var ada = await house.SignInAsync("ada");

        using var locked = await PostAsync(ada, acts, "lock", ("environment", "Production"), ("reason", "stock-taking"), ("hours", "1.5"), ("returnUrl", "/_/settings"));
        var held = (await acts.LocksAsync()).ShouldHaveSingleItem();
        using var unlocked = await PostAsync(ada, acts, "unlock", ("environment", "production"), ("returnUrl", "//evil.example"));

        Went(locked).ShouldBe((HttpStatusCode.SeeOther, "/_/settings"));
        (held.Holder.Login, held.Reason, held.Kind, held.Until - held.Since).ShouldBe((ActDriver.Ada.Login, "stock-taking", LockKind.Lock, TimeSpan.FromHours(1.5)));
        Went(unlocked).ShouldBe((HttpStatusCode.SeeOther, $"/{acts.Name}"));
        (await acts.LocksAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Somebody_elses_lock_is_named_and_left()
    {
        var acts = new ActDriver(house, DeployFile);
        var grace = house.World.CreateUser($"grace-{Guid.NewGuid():N}");
        house.World.SetPermission(grace, acts.Shop.Repository, Deliverybot.Sandbox.World.RepositoryPermission.Write);
        using var ada = await house.SignInAsync("ada");
        using var other = await house.SignInAsync(grace.Login);
        using var first = await PostAsync(ada, acts, "lock", ("environment", "production"), ("reason", "stock-taking"));

        using var refused = await PostAsync(other, acts, "lock", ("environment", "production"));

        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await refused.ReadPageAsync()).Body!.TextContent.ShouldContain("production is locked by ada: stock-taking. To take it over, unlock it first.");
    }

    [Theory]
    [InlineData("lock", "environment", "nowhere", "hours", "")]
    [InlineData("lock", "environment", "", "hours", "")]
    [InlineData("lock", "environment", "production", "hours", "721")]
    [InlineData("lock", "environment", "production", "hours", "1e999")]
    [InlineData("lock", "environment", "production", "hours", "NaN")]
    [InlineData("lock", "environment", "production", "hours", "Infinity")]
    [InlineData("lock", "environment", "production", "hours", "0")]
    [InlineData("lock", "environment", "production", "hours", "-1")]
    [InlineData("unlock", "environment", "nowhere", "reason", "")]
    [InlineData("rollback", "target", "nowhere", "sha", "")]
    [InlineData("rollback", "target", "", "sha", "")]
    [InlineData("promote", "sha", "main", "ref", "main")]
    [InlineData("promote", "sha", "0123456789012345678901234567890123456789", "ref", "main")]
    [InlineData("promote", "sha", "0123456789012345678901234567890123456789", "ref", "nowhere")]
    public async Task What_is_unknown_is_422(string act, string name, string value, string otherName, string other)
    {
        var acts = new ActDriver(house, DeployFile);
        using var ada = await house.SignInAsync("ada");

        using var answer = await PostAsync(ada, acts, act, (name, value), (otherName, other));

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await acts.LocksAsync()).ShouldBeEmpty();
        (await acts.ActivityAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_there_is_nothing_of_is_409()
    {
        var acts = new ActDriver(house, DeployFile);
        using var ada = await house.SignInAsync("ada");

        using var unlock = await PostAsync(ada, acts, "unlock", ("environment", "production"));
        using var rollback = await PostAsync(ada, acts, "rollback", ("target", "production"));

        unlock.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await unlock.ReadPageAsync()).Body!.TextContent.ShouldContain("production is not locked.");
        rollback.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await rollback.ReadPageAsync()).Body!.TextContent.ShouldContain("Nothing has succeeded in production yet, so there is nothing to go back to.");
    }

    [Fact]
    public async Task A_writer_rolls_back_in_his_own_name()
    {
        var acts = new ActDriver(house, DeployFile);
        var first = await acts.GoLiveAsync("One");
        await acts.GoLiveAsync("Two");
        using var ada = await house.SignInAsync("ada");

        using var answer = await PostAsync(ada, acts, "rollback", ("target", "production"));

        Went(answer).ShouldBe((HttpStatusCode.SeeOther, $"/{acts.Name}"));
        var made = acts.Shop.World.Read(_ => acts.Shop.Repository.Deployments[^1]);
        (made.Sha, made.Creator.Login).ShouldBe((first, "ada"));
        (await acts.LocksAsync()).ShouldHaveSingleItem().Kind.ShouldBe(LockKind.Hold);
    }

    [Fact]
    public async Task A_writer_promotes_in_his_own_name()
    {
        var acts = new ActDriver(house, DeployFile);
        var sha = acts.Shop.Push("Tea");
        using var ada = await house.SignInAsync("ada");

        using var answer = await PostAsync(ada, acts, "promote", ("sha", sha));
        using var again = await PostAsync(ada, acts, "promote", ("sha", sha), ("ref", "main"));

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        again.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        acts.Shop.World.Read(_ => acts.Shop.Repository.Statuses.Single(status => status.Context == "deliverybot/promotion")).Creator.Login.ShouldBe("ada");
    }

    [Fact]
    public async Task A_writer_cancels_what_waits_once()
    {
        var acts = new ActDriver(house, DeployFile);
        var wish = await acts.Shop.SettledAsync(acts.Shop.Push("Tea", "slow"));
        using var ada = await house.SignInAsync("ada");

        using var answer = await PostAsync(ada, acts, "cancel", ("id", $"{wish.Id}"));
        using var again = await PostAsync(ada, acts, "cancel", ("id", $"{wish.Id}"));
        using var unknown = await PostAsync(ada, acts, "cancel", ("id", "999999999"));
        using var nonsense = await PostAsync(ada, acts, "cancel", ("id", "one"));

        Went(answer).ShouldBe((HttpStatusCode.SeeOther, $"/{acts.Name}/deployments/{wish.Id}"));
        again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await again.ReadPageAsync()).Body!.TextContent.ShouldContain("it was cancelled");
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        nonsense.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await acts.Shop.RowsAsync())[^1].State.ShouldBe(DeploymentState.Cancelled);
    }

    [Theory]
    [MemberData(nameof(Words))]
    public async Task A_reader_changes_nothing_and_a_form_from_elsewhere_neither(string act)
    {
        var acts = new ActDriver(house, DeployFile);
        await acts.GoLiveAsync("One");
        await acts.GoLiveAsync("Two");
        using var rita = await house.SignInAsync("rita");
        using var ada = await house.SignInAsync("ada");
        (string Name, string Value)[] fields =
            [("environment", "production"), ("target", "production"), ("sha", acts.Shop.Repository.Branches["main"]), ("id", $"{(await acts.Shop.RowsAsync())[0].Id}")];

        using var answer = await PostAsync(rita, acts, act, fields);
        using var forged = await ada.PostAsync(
            $"/{acts.Name}/{act}", new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))), ActDriver.Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        forged.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await acts.ActivityAsync()).ShouldBeEmpty();
        (await acts.LocksAsync()).ShouldBeEmpty();
        acts.Shop.Deployed.Count.ShouldBe(2);
    }

    [Fact]
    public async Task With_scripts_the_answer_is_a_note_on_the_same_page()
    {
        var acts = new ActDriver(house, DeployFile);
        using var ada = await house.SignInAsync("ada");
        ada.DefaultRequestHeaders.Add("HX-Request", "true");

        using var done = await PostAsync(ada, acts, "lock", ("environment", "production"));
        using var refused = await PostAsync(ada, acts, "lock", ("environment", "nowhere"));

        done.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await done.ReadPageAsync()).QuerySelectorAll("body > .note").ShouldHaveSingleItem().TextContent.ShouldContain("production is locked by ada.");
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var note = await refused.ReadPageAsync();
        note.QuerySelectorAll("body > .note").ShouldHaveSingleItem().TextContent.ShouldContain("There is no environment nowhere");
        note.QuerySelector("header").ShouldBeNull();
    }

    [GeneratedRegex("<act-form act=\"(\\w+)\"")]
    private static partial Regex Form { get; }

    private static Task<HttpResponseMessage> PostAsync(HttpClient visitor, ActDriver acts, string act, params (string Name, string Value)[] fields) =>
        visitor.PostFormAsync($"/{acts.Name}/{act}", fields);

    private static (HttpStatusCode Status, string? To) Went(HttpResponseMessage answer) => (answer.StatusCode, answer.Headers.Location?.OriginalString);
}
