using System.Reflection;
using Deliverybot.Jobs.Engine;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Engine;

/// <summary>Wherever the class of a job goes, its name in the database stays: jobs outlast the release that made them.</summary>
public sealed class JobNamesTests
{
    /// <summary>A new job is a new line; a line that changes or goes is a job that the previous release made and this one can't carry out.</summary>
    private static readonly string[] Released =
    [
        "Deliverybot.Jobs.Changes.ChangeSweepJob",
        "Deliverybot.Jobs.Changes.TellJob",
        "Deliverybot.Jobs.Deliveries.ProcessDeliveriesJob",
        "Deliverybot.Jobs.Deploying.EvaluateDeploymentJob",
        "Deliverybot.Jobs.Deploying.RefuseDeploymentJob",
        "Deliverybot.Jobs.History.ReadHistoryJob",
        "Deliverybot.Jobs.Installations.LookOnceMoreJob",
        "Deliverybot.Jobs.Locks.DeployedForwardJob",
        "Deliverybot.Jobs.Locks.EndLockJob",
        "Deliverybot.Jobs.Core.FollowersJob",
        "Deliverybot.Jobs.Core.KeptJob",
        "Deliverybot.Jobs.Events.PullRequests.LockEndedJob",
        "Deliverybot.Jobs.Locks.ReleaseJob",
        "Deliverybot.Jobs.Privacy.ForgetJob",
        "Deliverybot.Jobs.PullRequests.Comments.WriteCommentsJob",
        "Deliverybot.Jobs.PullRequests.LockStaysJob",
        "Deliverybot.Jobs.PullRequests.TellBrokenRulesJob",
        "Deliverybot.Jobs.PullRequests.TellChangedRulesJob",
        "Deliverybot.Jobs.PullRequests.TellForkJob",
        "Deliverybot.Jobs.Slack.Commands.SlackCommandJob",
        "Deliverybot.Jobs.Slack.RemoveWorkspaceJob",
        "Deliverybot.Jobs.Statuses.WriteCommitStatusJob",
        "Deliverybot.Jobs.Statuses.WriteConfigStatusJob",
        "Deliverybot.Jobs.Upkeep.ExpiryJob",
        "Deliverybot.Jobs.Upkeep.InstallationsJob",
        "Deliverybot.Jobs.Upkeep.InterruptionJob",
        "Deliverybot.Jobs.Upkeep.LockEndJob",
        "Deliverybot.Jobs.Upkeep.LookAgainJob",
        "Deliverybot.Jobs.Upkeep.LostDeliveriesJob",
        "Deliverybot.Jobs.Upkeep.MissingHistoryJob",
        "Deliverybot.Jobs.Upkeep.OldRecordsJob",
        "Deliverybot.Jobs.Upkeep.PendingStatusesJob",
        "Deliverybot.Jobs.Upkeep.PurgeJob",
        "Deliverybot.Jobs.Upkeep.QueueSlotJob",
        "Deliverybot.Jobs.Upkeep.RedeliveryJob",
        "Deliverybot.Jobs.Upkeep.SweepJob",
        "Deliverybot.Jobs.Upkeep.UnheardJob",
    ];

    private static readonly Assembly Jobs = typeof(JobNames).Assembly;

    [Fact]
    public void Each_job_has_the_name_it_was_released_with() =>
        Jobs.GetTypes().Where(type => type.IsClass && type.Name.EndsWith("Job", StringComparison.Ordinal)).Select(JobNames.Of)
            .ShouldBe(Released.Select(name => $"{name}, {Jobs.GetName().Name}"), ignoreOrder: true);

    [Fact]
    public void By_its_name_each_job_is_found() =>
        Released.Select(name => JobNames.Of(JobNames.Find($"{name}, {Jobs.GetName().Name}"))).ShouldBe(Released.Select(name => $"{name}, {Jobs.GetName().Name}"));
}
