using Deliverybot.Sandbox.Rendering;
using Deliverybot.Sandbox.Rest;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.GraphQl;

/// <summary>All statuses and check runs of a commit, newest of each.</summary>
internal sealed class StatusCheckRollupNode
{
    private static readonly string[] WorstFirst = ["ERROR", "FAILURE", "PENDING"];

    private readonly RestCall _call;
    private readonly Repository _repository;
    private readonly Commit _commit;
    private readonly IReadOnlyList<object> _contexts;

    private StatusCheckRollupNode(RestCall call, Repository repository, Commit commit, IReadOnlyList<object> contexts)
    {
        _call = call;
        _repository = repository;
        _commit = commit;
        _contexts = contexts;
    }

    public string Id => NodeId.Of("StatusCheckRollup", _commit.Sequence);

    public CommitNode Commit => new(_call, _repository, _commit);

    public string State
    {
        get
        {
            var states = _contexts.Select(context => context switch
            {
                StatusContextNode status => status.State,
                CheckRunNode { Conclusion: null } => "PENDING",
                CheckRunNode { Conclusion: "SUCCESS" or "NEUTRAL" or "SKIPPED" } => "SUCCESS",
                _ => "FAILURE",
            }).ToHashSet();
            return WorstFirst.FirstOrDefault(states.Contains) ?? "SUCCESS";
        }
    }

    /// <summary>Null when there are none, as GitHub has it.</summary>
    public static StatusCheckRollupNode? Of(RestCall call, Repository repository, Commit commit)
    {
        var contexts = GitHubWorld.LatestRuns(repository, commit.Sha)
            .Select(run => (object)new CheckRunNode(call.World, repository, run))
            .Concat(GitHubWorld.LatestStatuses(repository, commit.Sha).Select(status => new StatusContextNode(call.World, status)))
            .ToList();
        return contexts.Count == 0 ? null : new StatusCheckRollupNode(call, repository, commit, contexts);
    }

    public RollupContexts Contexts(int? first, string? after) => new(
        Connection<object>.Of("contexts", _contexts, first, after),
        _contexts.OfType<CheckRunNode>().Count(),
        _contexts.OfType<StatusContextNode>().Count());
}
