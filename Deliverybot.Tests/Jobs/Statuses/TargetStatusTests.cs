using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile.Json;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.Statuses;
using Deliverybot.Tests.Jobs.DeployFile;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Statuses;

public sealed class TargetStatusTests
{
    private const string Automatic = "production:\n  auto_deploy_on: refs/heads/main\n";
    private const string Manual = "production: {}\n";

    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddHours(1);

    [Theory]
    [InlineData(DeploymentTrigger.Push, DeploymentState.Waiting, "The ref was locked.", "pending: The ref was locked.")]
    [InlineData(DeploymentTrigger.Push, DeploymentState.Waiting, null, null)]
    [InlineData(DeploymentTrigger.Push, DeploymentState.Creating, null, null)]
    [InlineData(DeploymentTrigger.Push, DeploymentState.Pending, null, null)]
    [InlineData(DeploymentTrigger.Push, DeploymentState.InProgress, null, null)]
    [InlineData(DeploymentTrigger.Push, DeploymentState.Success, null, "Success: Deployed to production.")]
    [InlineData(DeploymentTrigger.Push, DeploymentState.Failure, null, "Failure: The deployment to production failed.")]
    [InlineData(DeploymentTrigger.Push, DeploymentState.Error, "No disk", "Failure: The deployment to production failed: No disk")]
    [InlineData(DeploymentTrigger.Push, DeploymentState.Inactive, null, null)]
    [InlineData(DeploymentTrigger.Pipeline, DeploymentState.Superseded, "It is old.", "Success: Not deployed: It is old.")]
    [InlineData(DeploymentTrigger.Release, DeploymentState.Denied, "A conflict.", "Success: Not deployed: A conflict.")]
    [InlineData(DeploymentTrigger.PullRequest, DeploymentState.Cancelled, "It was closed.", "Success: Not deployed: It was closed.")]
    [InlineData(DeploymentTrigger.Web, DeploymentState.Denied, "It is locked.", null)]
    [InlineData(DeploymentTrigger.Web, DeploymentState.Success, null, "Success: Deployed to production.")]
    public void An_automatic_target_says_what_is_worth_saying(DeploymentTrigger trigger, DeploymentState state, string? reason, string? expected) =>
        (TargetStatus.Of(Wish(Automatic, trigger, state, reason), Now)?.Memo).ShouldBe(expected);

    [Fact]
    public void A_target_that_only_people_deploy_says_nothing() =>
        TargetStatus.Of(Wish(Manual, DeploymentTrigger.Web, DeploymentState.Success, null), Now).ShouldBeNull();

    [Fact]
    public void What_others_deploy_says_nothing()
    {
        var external = Wish(Automatic, DeploymentTrigger.External, DeploymentState.Success, null);
        external.TargetDefinition = null;

        TargetStatus.Of(external, Now).ShouldBeNull();
    }

    [Fact]
    public void A_commit_that_is_there_already_keeps_the_status_of_the_deployment_that_brought_it()
    {
        var wish = Wish(Automatic, DeploymentTrigger.Push, DeploymentState.Superseded, "It is live already.");
        wish.Gate = GateNames.AlreadyThere;
        TargetStatus.Of(wish, Now).ShouldBeNull();

        wish.CommitStatus = "pending: Waiting for ci (pending).";
        TargetStatus.Of(wish, Now).ShouldNotBeNull().Memo.ShouldBe("Success: It is live already.");
    }

    [Theory]
    [InlineData(DeploymentState.Pending)]
    [InlineData(DeploymentState.InProgress)]
    public void What_goes_out_after_a_wait_waits_no_longer(DeploymentState state)
    {
        var wish = Wish(Automatic, DeploymentTrigger.PullRequest, state, null);
        wish.CommitStatus = "pending: Waiting for ci (pending).";

        TargetStatus.Of(wish, Now).ShouldNotBeNull().Memo.ShouldBe("pending: On its way to production.");
    }

    [Fact]
    public void What_nobody_tells_of_for_a_week_is_on_its_way_no_longer()
    {
        var wish = Wish(Automatic, DeploymentTrigger.Push, DeploymentState.InProgress, null);
        wish.CommitStatus = "pending: On its way to production.";
        wish.StatusAt = Now - TimeSpan.FromDays(7);

        TargetStatus.Of(wish, Now).ShouldNotBeNull().Memo.ShouldBe("Success: Sent to production, but nobody has said how it went.");
    }

    [Fact]
    public void A_status_that_was_pending_ends_with_the_environment()
    {
        var wish = Wish(Automatic, DeploymentTrigger.Push, DeploymentState.Inactive, null);
        wish.CommitStatus = "pending: Waiting for ci (pending).";

        TargetStatus.Of(wish, Now).ShouldNotBeNull().Memo.ShouldBe("Success: It was made inactive in production before it succeeded.");
    }

    [Fact]
    public void A_long_reason_is_cut_where_GitHub_would_refuse_it() =>
        TargetStatus.Of(Wish(Automatic, DeploymentTrigger.Push, DeploymentState.Waiting, new string('x', 500)), Now).ShouldNotBeNull().Text.Length.ShouldBe(140);

    private static Deployment Wish(string file, DeploymentTrigger trigger, DeploymentState state, string? reason) => new()
    {
        RepositoryId = new RepositoryId(1),
        Target = new TargetName("production"),
        Environment = new EnvironmentName("production"),
        Sha = new CommitSha(new string('a', 40)),
        Task = "deploy",
        Trigger = trigger,
        RequestedBy = new GitHubLogin("ada"),
        TargetDefinition = TargetJson.Write(DeployFileSamples.Valid(file).All[0]),
        State = state,
        Reason = reason,
        Gate = reason is null ? null : GateNames.Lock,
        CreatedAt = DateTimeOffset.UnixEpoch,
        UpdatedAt = DateTimeOffset.UnixEpoch,
    };
}
