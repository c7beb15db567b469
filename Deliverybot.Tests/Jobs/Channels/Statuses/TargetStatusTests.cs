using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Channels.Statuses;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.GitHub.Commits;
using Deliverybot.Tests.Jobs.DeployFile;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Channels.Statuses;

public sealed class TargetStatusTests
{
    private const string Automatic = "production:\n  auto_deploy_on: refs/heads/main\n";
    private const string Manual = "production: {}\n";

    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddHours(1);

    [Theory]
    [InlineData(DeploymentCause.Push, DeploymentState.Waiting, "The ref was locked.", "pending: The ref was locked.")]
    [InlineData(DeploymentCause.Push, DeploymentState.Waiting, null, null)]
    [InlineData(DeploymentCause.Push, DeploymentState.Creating, null, null)]
    [InlineData(DeploymentCause.Push, DeploymentState.Pending, null, null)]
    [InlineData(DeploymentCause.Push, DeploymentState.InProgress, null, null)]
    [InlineData(DeploymentCause.Push, DeploymentState.Success, null, "Success: Deployed to production.")]
    [InlineData(DeploymentCause.Push, DeploymentState.Failure, null, "Failure: The deployment to production failed.")]
    [InlineData(DeploymentCause.Push, DeploymentState.Error, "No disk", "Failure: The deployment to production failed: No disk")]
    [InlineData(DeploymentCause.Push, DeploymentState.Inactive, null, null)]
    [InlineData(DeploymentCause.Pipeline, DeploymentState.Superseded, "It is old.", null)]
    [InlineData(DeploymentCause.Release, DeploymentState.Denied, "A conflict.", "Error: Not deployed: A conflict.")]
    [InlineData(DeploymentCause.PullRequest, DeploymentState.Cancelled, "It was closed.", "Error: Not deployed: It was closed.")]
    [InlineData(DeploymentCause.Person, DeploymentState.Denied, "It is locked.", null)]
    [InlineData(DeploymentCause.Person, DeploymentState.Success, null, "Success: Deployed to production.")]
    public void An_automatic_target_says_what_is_worth_saying(DeploymentCause cause, DeploymentState state, string? reason, string? expected) =>
        (TargetStatus.Of(Wish(Automatic, cause, state, reason), Now)?.Memo).ShouldBe(expected);

    [Fact]
    public void A_target_that_only_people_deploy_says_nothing() =>
        TargetStatus.Of(Wish(Manual, DeploymentCause.Person, DeploymentState.Success, null), Now).ShouldBeNull();

    [Fact]
    public void What_others_deploy_says_nothing()
    {
        var external = Wish(Automatic, DeploymentCause.External, DeploymentState.Success, null);
        external.TargetDefinition = null;

        TargetStatus.Of(external, Now).ShouldBeNull();
    }

    [Fact]
    public void A_commit_that_is_there_already_keeps_the_status_of_the_deployment_that_brought_it()
    {
        var wish = Wish(Automatic, DeploymentCause.Push, DeploymentState.Superseded, "It is live already.");
        wish.Gate = GateNames.AlreadyThere;
        TargetStatus.Of(wish, Now).ShouldBeNull();

        wish.CommitStatus = "pending: Waiting for ci (pending).";
        var live = Wish(Automatic, DeploymentCause.External, DeploymentState.Success, null);
        live.SucceededAt = Now;
        TargetStatus.Of(wish, Now, live).ShouldNotBeNull().Memo.ShouldBe("Success: Deployed to production.");
    }

    [Theory]
    [InlineData(DeploymentState.Pending, "pending: It is on its way already.")]
    [InlineData(DeploymentState.InProgress, "pending: It is on its way already.")]
    [InlineData(DeploymentState.Success, "Success: Deployed to production.")]
    [InlineData(DeploymentState.Failure, "Failure: The deployment to production failed: The oven is cold")]
    [InlineData(DeploymentState.Error, "Failure: The deployment to production failed: The oven is cold")]
    [InlineData(DeploymentState.Inactive, "Error: Not deployed: It was made inactive in production before it succeeded.")]
    [InlineData(null, "left: Not deployed: It is on its way already.")]
    public void A_commit_that_somebody_else_brings_is_there_when_that_deployment_has_succeeded(DeploymentState? of, string memo)
    {
        var wish = Wish(Automatic, DeploymentCause.Push, DeploymentState.Superseded, "It is on its way already.");
        (wish.Gate, wish.CommitStatus) = (GateNames.AlreadyThere, "pending: Waiting for ci (pending).");
        var other = of is { } state ? Wish(Automatic, DeploymentCause.External, state, "The oven is cold") : null;
        other?.SucceededAt = of is DeploymentState.Success ? Now : null;

        TargetStatus.Of(wish, Now, other).ShouldNotBeNull().Memo.ShouldBe(memo);
    }

    [Fact]
    public void What_something_newer_has_overtaken_is_neither_a_success_nor_an_error()
    {
        var wish = Wish(Automatic, DeploymentCause.Push, DeploymentState.Superseded, "5d6e7f8 is newer.");
        wish.CommitStatus = "pending: Waiting for ci (pending).";

        var status = TargetStatus.Of(wish, Now).ShouldNotBeNull();

        status.State.ShouldBe(CommitState.Pending);
        status.Text.ShouldBe("Not deployed: 5d6e7f8 is newer.");
        SaidOfCommits.IsPending(status.Memo).ShouldBeFalse("nothing more is to come");
        wish.CommitStatus = status.Memo;
        TargetStatus.Of(wish, Now).ShouldBeNull("it is said once");
    }

    [Fact]
    public void What_is_silent_is_said_to_be_so_and_what_was_forced_is_said_to_be_there_by_force()
    {
        var silent = Wish(Automatic, DeploymentCause.Push, DeploymentState.InProgress, null);
        (silent.CommitStatus, silent.UpdatedAt) = ("pending: Waiting for ci (pending).", Now - SilentDeployments.Patience);
        var forced = Wish(Automatic, DeploymentCause.Person, DeploymentState.Success, null, force: true);

        TargetStatus.Of(silent, Now).ShouldNotBeNull().Memo.ShouldBe("left: Sent to production, but nobody has said how it went.");
        TargetStatus.Of(forced, Now).ShouldNotBeNull().Memo.ShouldBe("Success: Deployed to production by force.");
    }

    [Fact]
    public void Another_task_that_a_person_asked_for_says_nothing_of_the_commit()
    {
        var wish = Wish(Automatic, DeploymentCause.Person, DeploymentState.Success, null);
        wish.Task = "migrate";

        TargetStatus.Of(wish, Now).ShouldBeNull();
    }

    [Fact]
    public void What_was_live_before_it_became_inactive_was_deployed()
    {
        var wish = Wish(Automatic, DeploymentCause.Push, DeploymentState.Inactive, null);
        (wish.CommitStatus, wish.SucceededAt) = ("pending: Waiting for ci (pending).", Now);

        TargetStatus.Of(wish, Now).ShouldNotBeNull().Memo.ShouldBe("Success: Deployed to production.");
    }

    [Theory]
    [InlineData(DeploymentState.Pending)]
    [InlineData(DeploymentState.InProgress)]
    public void What_goes_out_after_a_wait_waits_no_longer(DeploymentState state)
    {
        var wish = Wish(Automatic, DeploymentCause.PullRequest, state, null);
        wish.CommitStatus = "pending: Waiting for ci (pending).";

        TargetStatus.Of(wish, Now).ShouldNotBeNull().Memo.ShouldBe("pending: On its way to production.");
    }

    [Fact]
    public void What_nobody_tells_of_for_a_week_is_on_its_way_no_longer()
    {
        var wish = Wish(Automatic, DeploymentCause.Push, DeploymentState.InProgress, null);
        wish.CommitStatus = "pending: On its way to production.";
        wish.StatusAt = Now - TimeSpan.FromDays(7);

        TargetStatus.Of(wish, Now).ShouldNotBeNull().Memo.ShouldBe("left: Sent to production, but nobody has said how it went.");
    }

    [Fact]
    public void A_status_that_was_pending_ends_with_the_environment()
    {
        var wish = Wish(Automatic, DeploymentCause.Push, DeploymentState.Inactive, null);
        wish.CommitStatus = "pending: Waiting for ci (pending).";

        TargetStatus.Of(wish, Now).ShouldNotBeNull().Memo.ShouldBe("Error: Not deployed: It was made inactive in production before it succeeded.");
    }

    [Fact]
    public void A_long_reason_is_cut_where_GitHub_would_refuse_it() =>
        TargetStatus.Of(Wish(Automatic, DeploymentCause.Push, DeploymentState.Waiting, new string('x', 500)), Now).ShouldNotBeNull().Text.Length.ShouldBe(140);

    private static Deployment Wish(string file, DeploymentCause cause, DeploymentState state, string? reason, bool force = false) => new()
    {
        RepositoryId = new RepositoryId(1),
        Target = new TargetName("production"),
        Environment = new EnvironmentName("production"),
        Sha = new CommitSha(new string('a', 40)),
        Task = "deploy",
        Origin = cause is DeploymentCause.Person ? DeploymentOrigin.Person(DeploymentAct.Deploy, DeploymentVia.Web) : DeploymentOrigin.Event(cause),
        RequestedBy = Somebody.Called("ada"),
        TargetDefinition = TargetJson.Write(DeployFileSamples.Valid(file).All[0]),
        State = state,
        Force = force,
        Reason = reason is null ? null : Sentence.Plain(reason),
        Gate = reason is null ? null : GateNames.Lock,
        CreatedAt = Now,
        UpdatedAt = Now,
    };
}
