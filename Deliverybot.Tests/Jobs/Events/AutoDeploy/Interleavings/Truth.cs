using Deliverybot.Data.Deploying;
using Deliverybot.Sandbox.World;
using Deployment = Deliverybot.Sandbox.World.Deployment;

namespace Deliverybot.Tests.Jobs.Events.AutoDeploy.Interleavings;

/// <summary>What GitHub knows of a repository in the end, and every fault that it shows.</summary>
internal sealed class Truth(Repository repository, Plan plan, IReadOnlyList<string> pushed)
{
    public IEnumerable<string> FaultsOf(IReadOnlyList<Data.Deploying.Deployment> rows) =>
        new[] { plan.First, plan.Second }.SelectMany(target => OrderFaults(target)
            .Concat(QueueFaults(target))
            .Concat(HeadFaults(target, rows))
            .Concat(rows.Where(row => row.Target.Value == target.Name).SelectMany(row => WaitingFaults(target, row))));

    /// <summary>Neither twice nor an older one after a newer one.</summary>
    private IEnumerable<string> OrderFaults(PlannedTarget target)
    {
        var order = Accepted(target).Select(made => IndexOf(made.Sha)).ToList();
        if (order.Zip(order.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            yield return $"{target.Name} was deployed in the order {string.Join(", ", order)}";
        }
    }

    /// <summary>GitHub's numbers count deployments and statuses together, so they tell what was made while another was active.</summary>
    private IEnumerable<string> QueueFaults(PlannedTarget target) =>
        from made in target.Queue is null ? [] : Made(target)
        from earlier in Made(target).Where(earlier => earlier.Id < made.Id)
        where !earlier.Statuses.Any(status => status.Id < made.Id && status.State is "success" or "failure" or "error" or "inactive")
        select $"{target.Name} had two active deployments: {IndexOf(earlier.Sha)} and {IndexOf(made.Sha)}";

    private IEnumerable<string> HeadFaults(PlannedTarget target, IReadOnlyList<Data.Deploying.Deployment> rows)
    {
        if (pushed is [.., var head] && CanGo(target, head) && !Accepted(target).Any(made => made.Sha == head))
        {
            var row = rows.LastOrDefault(row => row.Sha.Value == head && row.Target.Value == target.Name);
            yield return $"{target.Name} lacks the head {IndexOf(head)}: {row?.State} {row?.Gate} {row?.Reason}";
        }
    }

    private IEnumerable<string> WaitingFaults(PlannedTarget target, Data.Deploying.Deployment row)
    {
        if (row.State is DeploymentState.Creating)
        {
            yield return $"{target.Name} {IndexOf(row.Sha.Value)} is still being created";
        }
        else if (row.State is DeploymentState.Waiting && CanGo(target, row.Sha.Value))
        {
            yield return $"{target.Name} {IndexOf(row.Sha.Value)} could go, but waits: {row.Gate}: {row.Reason}";
        }
        else if (row.State is DeploymentState.Waiting && !IsOnTheBranch(row.Sha.Value))
        {
            yield return $"{target.Name} {IndexOf(row.Sha.Value)} waits, though the branch has dropped it: {row.Gate}: {row.Reason}";
        }
        else if (row.State is DeploymentState.Waiting && Accepted(target).Any(made => IndexOf(made.Sha) >= IndexOf(row.Sha.Value)))
        {
            yield return $"{target.Name} {IndexOf(row.Sha.Value)} waits, though a newer one was deployed";
        }
    }

    private bool CanGo(PlannedTarget target, string sha) => IsGood(target.RequiredContext, sha) && (target.After is null || IsReached(plan.First, sha));

    private bool IsGood(string? context, string sha) => context switch
    {
        null => true,
        "ci" => repository.Statuses.LastOrDefault(status => status.Sha == sha && status.Context == "ci")?.State is "success",
        _ => repository.CheckRuns.LastOrDefault(run => run.Sha == sha && run.Name == context)?.Conclusion is "success" or "neutral" or "skipped",
    };

    private bool IsOnTheBranch(string sha)
    {
        for (string? at = repository.Heads["main"]; at is not null; at = repository.Objects.Get(at).Parents.FirstOrDefault())
        {
            if (at == sha)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>It has succeeded there, and nothing that came later has failed.</summary>
    private bool IsReached(PlannedTarget target, string sha)
    {
        var made = Made(target).ToList();
        var reached = made.FindLastIndex(one => one.Sha == sha && one.Statuses.Any(status => status.State == "success"));
        return reached >= 0 && !made.Skip(reached).Any(later => later.State is "failure" or "error");
    }

    /// <summary>Without those that GitHub made of another commit than was meant, and that were refused at once.</summary>
    private IEnumerable<Deployment> Accepted(PlannedTarget target) => Made(target)
        .Where(made => !made.Statuses.Any(status => status.State == "error" && status.Description.StartsWith("GitHub deployed", StringComparison.Ordinal)));

    private IEnumerable<Deployment> Made(PlannedTarget target) => repository.Deployments.Where(made => made.Environment == target.Name);

    private int IndexOf(string sha) => pushed.ToList().IndexOf(sha);
}
