using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Runner;

/// <summary>Starts the checks of a repository for each pushed commit, and ends them unless a person is to do it.</summary>
public sealed class ContinuousIntegration : IAsyncDisposable
{
    private readonly GitHubWorld _world;
    private readonly BackgroundWork _work = new();
    private readonly Dictionary<long, IReadOnlyList<string>> _checks = [];

    internal ContinuousIntegration(GitHubWorld world)
    {
        _world = world;
        _world.Happened += OnHappened;
    }

    public bool Enabled { get; set; }

    /// <summary>How long checks take; null leaves them running until somebody ends them.</summary>
    public TimeSpan? Duration { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Names of the checks that each push to a branch of the repository starts, and each commit that a pull request brings from a fork.</summary>
    public void Watch(Repository repository, params string[] checks)
    {
        lock (_checks)
        {
            _checks[repository.Id] = checks;
        }
    }

    public ValueTask DisposeAsync()
    {
        _world.Happened -= OnHappened;
        return _work.DisposeAsync();
    }

    private void OnHappened(WorldEvent happened)
    {
        if (!Enabled || happened is not { Repository: { } repository, After: { } sha } || !Brings(happened.Name, repository, sha) || repository.Runs.Exists(run => run.Sha == sha))
        {
            return;
        }

        lock (_checks)
        {
            if (_checks.TryGetValue(repository.Id, out var names))
            {
                _work.Start(cancellationToken => RunAsync(repository, sha, names, cancellationToken));
            }
        }
    }

    // A fork has no checks of its own here: those of its commits run where the pull request is.
    private static bool Brings(string name, Repository repository, string sha) => name switch
    {
        "push" => repository.Heads.ContainsValue(sha),
        "pull_request" => repository.Pulls.Exists(pull => pull.Open && pull.HeadSha == sha && pull.HeadRepository != repository),
        _ => false,
    };

    private async Task RunAsync(Repository repository, string sha, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var runs = names.Select(name => _world.StartCheck(repository, sha, name)).ToList();
        if (Duration is not { } duration)
        {
            return;
        }

        await Task.Delay(duration, _world.Time, cancellationToken);
        foreach (var run in runs.Where(run => run.Status != "completed"))
        {
            _world.FinishCheck(repository, run, "success");
        }
    }
}
