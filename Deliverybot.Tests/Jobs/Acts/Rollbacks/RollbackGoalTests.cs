using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Rollbacks;
using Deliverybot.Sandbox.Processes;
using Deliverybot.Tests.Site;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Acts.Rollbacks;

/// <summary>Holds the table of docs/deciding.md on where a rollback goes to the program: each case has its row, and each row is true.</summary>
public sealed class RollbackGoalTests
{
    private const string Heading = "### Where a rollback goes";

    private static readonly EnvironmentName Production = new("production");
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 19, 0, 0, TimeSpan.Zero);
    private static readonly Deployment Older = Row("1a2b3c4", DeploymentState.Success);
    private static readonly Deployment Good = Row("9c8b7a6", DeploymentState.Success);

    [Fact]
    public void Every_case_has_its_row_and_every_row_its_case()
    {
        var said = Cases().Select(goal => goal.Match(to => to.Sentence(Production), reason => reason)).Distinct().ToList();

        said.Except(Rows()).ShouldBeEmpty("docs/deciding.md lacks these");
        Rows().Except(said).ShouldBeEmpty("docs/deciding.md promises these, and no rollback says so");
    }

    private static IEnumerable<Sought<RollbackGoal>> Cases() =>
        Somewhere().Append(RollbackGoal.Nowhere(Production, hasBeen: false)).Append(RollbackGoal.Nowhere(Production, hasBeen: true));

    private static IEnumerable<Sought<RollbackGoal>> Somewhere() =>
        from before in new[] { null, Older }
        from attempts in new List<Deployment>[]
        {
            [],
            [Row("5d6e7f8", DeploymentState.Failure)],
            [Row("5d6e7f8", DeploymentState.Error)],
            [Row("5d6e7f8", DeploymentState.Pending)],
            [Row("5d6e7f8", DeploymentState.InProgress, heard: Now.AddHours(-1))],
            [Row("5d6e7f8", DeploymentState.InProgress)],
            [Row("9c8b7a6", DeploymentState.Failure), Row("5d6e7f8", DeploymentState.Failure)],
            [Row("9c8b7a6", DeploymentState.InProgress), Row("5d6e7f8", DeploymentState.Failure)],
            [Row("9c8b7a6", DeploymentState.Failure, DeploymentAct.Rollback), Row("5d6e7f8", DeploymentState.Failure)],
            [Row("9c8b7a6", DeploymentState.InProgress, DeploymentAct.Rollback), Row("5d6e7f8", DeploymentState.InProgress)],
            [Row("1a2b3c4", DeploymentState.Failure, DeploymentAct.Rollback)],
        }
        select RollbackGoal.Of(Production, Good, attempts, before, again: null, Now);

    private static List<string> Rows() =>
    [
        .. File.ReadLines(RepositoryFolder.Of("docs", "deciding.md"))
            .SkipWhile(line => line != Heading)
            .Skip(1)
            .TakeWhile(line => !line.StartsWith('#'))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells is ["", not ("What happened there" or "---"), _, ""])
            .Select(cells => cells[2]),
    ];

    private static Deployment Row(string sha, DeploymentState state, DeploymentAct act = DeploymentAct.Deploy, DateTimeOffset? heard = null)
    {
        var row = PageRows.Deployment(new RepositoryId(1), sha.PadRight(40, '0'), state: state, act: act, at: heard ?? Now);
        row.StatusAt = heard ?? Now;
        return row;
    }
}
