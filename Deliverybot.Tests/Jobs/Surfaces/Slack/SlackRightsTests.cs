using Deliverybot.Data.Names;
using Deliverybot.Jobs.Surfaces.Slack;
using Deliverybot.Jobs.Surfaces.Slack.Commands;
using Deliverybot.Sandbox.Requests;
using Deliverybot.Sandbox.Slack;
using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Surfaces.Slack;

/// <summary>Who may do what from Slack: what the linked account may, and nothing without one.</summary>
public sealed class SlackRightsTests(House house) : IClassFixture<House>
{
    private const string DeployFile =
        """
        production:
          environment: production
        """;

    private readonly SlackDriver slack = new(house);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Those that change something.</summary>
    public static TheoryData<string> Changes =>
        ["deploy REPO production", "promote REPO@SHA", "lock REPO production for 2h Christmas", "unlock REPO production", "rollback REPO production"];

    public static TheoryData<string> Asking => [.. Changes.Select(row => row.Data), "status REPO", "default REPO", "logout"];

    [Theory]
    [MemberData(nameof(Asking))]
    public async Task An_unlinked_person_is_told_how_to_link_and_GitHub_is_not_asked(string text)
    {
        var shop = new RepositoryDriver(house, DeployFile);
        await slack.LinkAsync("ada");
        var before = house.GitHub.Requests.All.Count(call => call.Caller == CallerKind.User);

        var said = await slack.SayAsync("olive", Filled(text, shop));

        var answer = said.Messages.ShouldHaveSingleItem();
        answer.InChannel.ShouldBeFalse();
        answer.Texts.ShouldContain(part => part.Text.Contains($"{house.SiteUrl.GetLeftPart(UriPartial.Authority)}/_/slack/link", StringComparison.Ordinal));
        house.GitHub.Requests.All.Count(call => call.Caller == CallerKind.User).ShouldBe(before);
    }

    [Theory]
    [MemberData(nameof(Asking))]
    public async Task Who_was_unlinked_meanwhile_is_told_so_and_nothing_is_done(string text)
    {
        var shop = new RepositoryDriver(house, DeployFile);
        await slack.LinkAsync("ada");

        var said = await TakeAsync("ada", Filled(text, shop), link: 987_654);
        await slack.AwaitAsync(said, messages => messages.Count > 0);

        said.Messages.ShouldHaveSingleItem().Text.ShouldContain("aren't linked");
        (await UntouchedAsync(shop)).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_reader_changes_nothing(string text)
    {
        var shop = new RepositoryDriver(house, DeployFile);
        await slack.LinkAsync("rita");

        var answer = await slack.AskAsync("rita", Filled(text, shop));

        answer.InChannel.ShouldBeFalse();
        answer.Text.ShouldContain("write access");
        (await UntouchedAsync(shop)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_reader_sees_the_status_and_nobody_sees_what_he_cannot()
    {
        var shop = new RepositoryDriver(house, DeployFile);
        await slack.LinkAsync("rita");
        var hidden = house.World.CreateRepository(house.World.CreateUser("zoe"), "secret", isPrivate: true);

        var status = await slack.AskAsync("rita", $"status {shop.Repository.FullName}");
        var secret = await slack.AskAsync("rita", $"status {hidden.FullName}");
        var missing = await slack.AskAsync("rita", "status acme/no-such");

        status.Text.ShouldContain("Nothing was deployed here yet");
        secret.Text.ShouldContain("There is no such repository");
        missing.Text.ShouldContain("There is no such repository");
    }

    [Theory]
    [MemberData(nameof(Changes))]
    [InlineData("status REPO")]
    [InlineData("default REPO")]
    public async Task Whose_consent_was_revoked_is_asked_to_link_again(string text)
    {
        var shop = new RepositoryDriver(house, DeployFile);
        await slack.LinkAsync("ada");
        house.World.Tokens.RevokeAllOf(house.Ada);

        var answer = await slack.AskAsync("ada", Filled(text, shop));

        answer.InChannel.ShouldBeFalse();
        answer.Text.ShouldContain("link your GitHub account again");
        (await LinksOfAsync(house.Ada)).ShouldBe(0);
        (await UntouchedAsync(shop)).ShouldBeTrue();
    }

    [Fact]
    public async Task Logging_out_ends_the_link_and_takes_its_token_back()
    {
        await slack.LinkAsync("ada");
        house.GitHub.Requests.Clear();

        var answer = await slack.AskAsync("ada", "logout");

        answer.Text.ShouldContain("no longer linked");
        (await LinksOfAsync(house.Ada)).ShouldBe(0);
        house.GitHub.Requests.All.ShouldContain(call => call.Method == "DELETE" && call.Route == "/applications/{client_id}/token");
    }

    private static string Filled(string text, RepositoryDriver shop) => text
        .Replace("REPO", shop.Repository.FullName, StringComparison.Ordinal)
        .Replace("SHA", shop.Repository.Head, StringComparison.Ordinal);

    /// <summary>A command that was taken when the link was still there.</summary>
    private async Task<SlackConversation> TakeAsync(string member, string text, long link)
    {
        var by = slack.Town.Member(member);
        var (said, responseUrl) = slack.Town.Begin(by, slack.Room, text);
        await using var scope = house.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SlackRequests>().TakeAsync(
            new TakenCommand(new SlackUser(slack.Town.TeamId, by.Id), new SlackChannel(slack.Town.TeamId, slack.Room.Id), "/deliverybot", text, responseUrl), link, Stop);
        return said;
    }

    private Task<int> LinksOfAsync(Account account)
    {
        var user = new GitHubUserId(account.Id);
        return house.ReadAsync(db => db.SlackLinks.CountAsync(link => link.UserId == user, Stop));
    }

    private async Task<bool> UntouchedAsync(RepositoryDriver shop)
    {
        var id = new RepositoryId(shop.Repository.Id);
        return shop.Deployed.Count == 0
            && shop.StatusesOf(shop.Repository.Head, "deliverybot/promotion").Count == 0
            && !await house.ReadAsync(db => db.Locks.AnyAsync(held => held.RepositoryId == id, Stop))
            && !await house.ReadAsync(db => db.Deployments.AnyAsync(row => row.RepositoryId == id, Stop));
    }
}
