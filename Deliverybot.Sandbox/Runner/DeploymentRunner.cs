using System.Collections.Concurrent;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Runner;

/// <summary>Carries out deployments as a workflow would: pending, in_progress, and after a while the end.</summary>
public sealed class DeploymentRunner : IAsyncDisposable
{
    private readonly GitHubWorld _world;
    private readonly BackgroundWork _work = new();
    private readonly Lock _gate = new();
    private readonly List<RunnerRule> _rules = [];
    private readonly ConcurrentDictionary<long, TaskCompletionSource<bool>> _reviews = new();

    internal DeploymentRunner(GitHubWorld world)
    {
        _world = world;
        _world.Happened += OnHappened;
    }

    public bool Enabled { get; set; }

    /// <summary>Time between two steps.</summary>
    public TimeSpan Step { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The newest rule that matches a deployment counts; without one it succeeds.</summary>
    public void Add(RunnerRule rule)
    {
        lock (_gate)
        {
            _rules.Add(rule);
        }
    }

    /// <summary>A reviewer decides about a job that waits.</summary>
    /// <returns>False if it doesn't wait (any more).</returns>
    public bool Review(Deployment deployment, bool approved) =>
        _reviews.TryGetValue(deployment.Id, out var review) && review.TrySetResult(approved);

    public ValueTask DisposeAsync()
    {
        _world.Happened -= OnHappened;
        return _work.DisposeAsync();
    }

    private void OnHappened(WorldEvent happened)
    {
        if (!Enabled || happened is not { Name: "deployment", Repository: { } repository })
        {
            return;
        }

        var deployment = repository.DeploymentList[^1];
        if (deployment.Creator != _world.ActionsBot)
        {
            _work.Start(cancellationToken => RunAsync(repository, deployment, cancellationToken));
        }
    }

    private async Task RunAsync(Repository repository, Deployment deployment, CancellationToken cancellationToken)
    {
        var mode = ModeFor(repository, deployment);
        if (mode == RunnerMode.NeverReport)
        {
            return;
        }

        var reported = mode is RunnerMode.Actions or RunnerMode.Review
            ? _world.CreateActionsDeployment(repository, deployment.Sha, deployment.Environment)
            : deployment;
        if (mode == RunnerMode.Review && !await IsApprovedAsync(repository, reported, cancellationToken))
        {
            Report(repository, reported, "failure");
            return;
        }

        foreach (var state in new[] { "pending", "in_progress" })
        {
            Report(repository, reported, state);
            await Task.Delay(Step, _world.Time, cancellationToken);
        }

        Report(repository, reported, mode switch
        {
            RunnerMode.Fail => "failure",
            RunnerMode.Error => "error",
            _ => "success",
        });
    }

    private async Task<bool> IsApprovedAsync(Repository repository, Deployment deployment, CancellationToken cancellationToken)
    {
        var review = _reviews.GetOrAdd(deployment.Id, _ => new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
        Report(repository, deployment, "waiting");
        var approved = await review.Task.WaitAsync(cancellationToken);
        _reviews.TryRemove(deployment.Id, out _);
        return approved;
    }

    private void Report(Repository repository, Deployment deployment, string state)
    {
        var log = $"{_world.Urls.Root}/{repository.FullName}/actions/runs/{deployment.Id}";
        var address = state == "success" ? $"https://{deployment.Environment.ToLowerInvariant().Replace('/', '-')}.{repository.Name}.example.com" : "";
        _world.SetDeploymentStatus(repository, deployment, state, description: $"The runner says {state}", logUrl: log, environmentUrl: address);
    }

    private RunnerMode ModeFor(Repository repository, Deployment deployment)
    {
        lock (_gate)
        {
            return _rules.FindLast(rule => rule.Matches(repository, deployment))?.Mode ?? RunnerMode.Succeed;
        }
    }
}
