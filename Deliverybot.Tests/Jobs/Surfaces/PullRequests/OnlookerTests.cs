using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Surfaces.PullRequests;

/// <summary>Each command by those who may not write, and by bots, in pull requests of every kind.</summary>
public sealed class OnlookerTests(House house) : IClassFixture<House>
{
    private static readonly string[] States = ["open", "draft", "closed", "merged", "fork"];

    public static TheoryData<RepositoryPermission, string> People => new MatrixTheoryData<RepositoryPermission, string>(
        [RepositoryPermission.Triage, RepositoryPermission.Read, RepositoryPermission.None], States);

    public static TheoryData<string> Bots => [.. States];

    [Theory]
    [MemberData(nameof(People))]
    public async Task Who_may_not_write_gets_a_thumb_down_and_not_a_word(RepositoryPermission permission, string state)
    {
        var talk = new ConversationDriver(house, Commands.DeployFile, state);
        var onlooker = talk.Person($"{permission}".ToLowerInvariant(), permission);

        var comments = Commands.All.Select(command => talk.Write(command, onlooker)).ToList();
        await talk.Shop.SettleAsync();

        comments.ShouldAllBe(comment => string.Join(' ', ConversationDriver.ReactionsTo(comment)) == "-1");
        talk.Said.ShouldBeEmpty();
        talk.Shop.Deployed.ShouldBeEmpty();
        (await house.ReadAsync(db => db.Locks.AnyAsync(held => held.RepositoryId == new Data.Names.RepositoryId(talk.Repository.Id)))).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Bots))]
    public async Task A_bot_gets_nothing_at_all(string state)
    {
        var talk = new ConversationDriver(house, Commands.DeployFile, state);
        await talk.Shop.SettleAsync();
        // What a fork's pull request changes is looked at by a job.
        await house.EventuallyAsync(
            async () => !(await UnfinishedJobs.OfAsync(house)).Contains($"{talk.Repository.Id}", StringComparison.Ordinal), "no job of it is left");
        var before = talk.Shop.Calls.Count;

        var comments = Commands.All.Select(command => talk.Write(command, talk.World.ActionsBot)).ToList();
        await talk.Shop.SettleAsync();

        comments.ShouldAllBe(comment => comment.Reactions.Count == 0);
        talk.Said.ShouldBeEmpty();
        talk.Shop.Calls.Count.ShouldBe(before);
    }

    [Theory]
    [InlineData("an edit")]
    [InlineData("a plain issue")]
    [InlineData("talk")]
    [InlineData("an app in a person's name")]
    public async Task What_is_no_command_costs_no_call_and_no_job(string what)
    {
        var talk = new ConversationDriver(house, Commands.DeployFile);
        await talk.Shop.SettleAsync();
        var (calls, stored) = (talk.Shop.Calls.Count, await StoredAsync(talk));

        switch (what)
        {
            case "an edit":
                talk.World.EditComment(talk.Repository, talk.Write("Nice"), house.Ada, "/deploy review");
                break;
            case "a plain issue":
                talk.World.Comment(talk.Repository, talk.World.OpenIssue(talk.Repository, house.Ada, "Tea?").Number, house.Ada, "/deploy review");
                break;
            case "talk":
                await talk.SayAsync("> /deploy review\n\nShould we /deploy this?");
                break;
            case "an app in a person's name":
                await talk.SendAgainAsync(
                    talk.Write("Nice"),
                    body =>
                    {
                        body["comment"]!["body"] = "/deploy review";
                        body["comment"]!["performed_via_github_app"] = new System.Text.Json.Nodes.JsonObject { ["id"] = 1 };
                    });
                break;
        }

        await talk.Shop.SettleAsync();
        talk.Said.ShouldBeEmpty();
        talk.Shop.Calls.Count.ShouldBe(calls);
        (await StoredAsync(talk)).ShouldBe(stored);
    }

    private Task<int> StoredAsync(ConversationDriver talk) => house.ReadAsync(db => db.WebhookDeliveries.CountAsync(
        row => row.RepositoryId == new Data.Names.RepositoryId(talk.Repository.Id) && row.Event == "issue_comment"));
}
