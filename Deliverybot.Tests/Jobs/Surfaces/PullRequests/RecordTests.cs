using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Surfaces.PullRequests;

/// <summary>What a pull request has been told stays, and is found.</summary>
public sealed class RecordTests(House house) : IClassFixture<House>
{
    private const string File = "staging: { environment: staging, auto_deploy_on: refs/heads/main }\n";

    [Fact]
    public async Task A_rollback_has_a_comment_of_its_own_and_leaves_the_targets_alone()
    {
        var talk = new ConversationDriver(house, File);
        var good = talk.Shop.Push("Sell cake");
        await talk.Shop.SettleAsync();
        await talk.ReportAsync("staging", "success");
        await talk.SayAsync("/deploy staging");
        await talk.ReportAsync("staging", "success");

        await talk.SayAsync("/rollback staging");
        talk.Rollbacks.ShouldHaveSingleItem().ShouldContain($"[`{good[..7]}`]");
        talk.Rollbacks[0].ShouldContain("is on its way to `staging`");
        talk.TargetComment!.ShouldContain($"[`{talk.Head[..7]}`]");
        talk.TargetComment!.ShouldContain("was deployed to `staging`");

        await talk.ReportAsync("staging", "success");
        talk.Rollbacks.ShouldHaveSingleItem().ShouldContain("was deployed to `staging`");
        talk.TargetComment!.ShouldNotContain(good[..7]);
        talk.TargetComment!.ShouldNotContain("rolling back");
    }

    [Fact]
    public async Task A_rollback_that_a_lock_denies_has_its_answer_and_no_comment()
    {
        var talk = new ConversationDriver(house, File);
        talk.Shop.Push("Sell cake");
        await talk.Shop.SettleAsync();
        await talk.ReportAsync("staging", "success");
        await talk.SayAsync("/deploy staging");
        await talk.ReportAsync("staging", "success");
        await talk.SayAsync("/lock staging", talk.Person("grace", RepositoryPermission.Write));

        (await talk.AskAsync("/rollback staging")).ShouldContain("staging is locked by grace");

        talk.Rollbacks.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_that_only_edits_a_comment_far_above_says_where_that_is()
    {
        var talk = new ConversationDriver(house, File);
        (await talk.SayAsync("/deploy staging")).ShouldSatisfyAllConditions(first => talk.ReplyTo(first).ShouldBeNull());
        await talk.ReportAsync("staging", "success");
        talk.Write("I like it.");
        talk.Write("So do I.");
        talk.Shop.Push("More tea", "tea");
        await talk.Shop.SettleAsync();
        var near = await talk.SayAsync("/deploy staging");
        await talk.ReportAsync("staging", "success");
        talk.ReplyTo(near).ShouldBeNull();
        talk.Shop.Push("Still more tea", "tea");
        await talk.Shop.SettleAsync();

        var far = await talk.SayAsync("/deploy staging");

        var kept = talk.Said.Single(said => said.Body.Contains("<!-- deliverybot:target:", StringComparison.Ordinal));
        talk.ReplyTo(far).ShouldNotBeNull().ShouldBeDocumented().ShouldStartWith("On its way to `staging`. [How it goes is told above](");
        talk.ReplyTo(far)!.ShouldContain($"/pull/{talk.Pull.Number}#issuecomment-{kept.Id})");
    }
}
