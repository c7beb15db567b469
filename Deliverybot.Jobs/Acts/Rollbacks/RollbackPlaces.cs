using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.Acts.Rollbacks;

/// <summary>Finds the target and environment that a person means: by the target's name, or by the environment's where a target has many.</summary>
internal sealed class RollbackPlaces(DeployFiles deployFiles, EarlierDeployments earlier)
{
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    public async Task<Sought<RollbackPlace>> FindAsync(
        RepositoryId repository, string name, RepositoryClient github, CancellationToken cancellationToken)
    {
        var read = await deployFiles.AskAsync(github, at: null, cancellationToken);
        var choice = TargetChoice.From(read, new TargetName(name));
        if (choice is Sought<Target>.Found({ Environment.IsPlain: true } target))
        {
            return new Sought<RollbackPlace>.Found(new RollbackPlace(target, new EnvironmentName(target.Environment.Text)));
        }

        var targets = read is DeployFileState.Valid valid ? valid.Targets : null;
        if (await AtAsync(repository, new EnvironmentName(name), targets, cancellationToken) is { } place)
        {
            return new Sought<RollbackPlace>.Found(place);
        }

        return new Sought<RollbackPlace>.Missing(choice.Match(
            templated => $"The environment of {name} is a template, {templated.Environment.Text}. Name the environment that is to go back.",
            reason => reason));
    }

    /// <summary>What is live there tells the target; the file's own word on that target goes before what was read when it was deployed.</summary>
    private async Task<RollbackPlace?> AtAsync(
        RepositoryId repository, EnvironmentName environment, DeployTargets? targets, CancellationToken cancellationToken)
    {
        var live = await earlier.LiveAsync(repository, environment, target: null, cancellationToken);
        var target = (live is null ? null : targets?.Find(live.Target))
            ?? (live?.TargetDefinition is { } definition ? TargetJson.Read(definition) : null)
            ?? targets?.All.FirstOrDefault(planned => planned.Environment.IsPlain && new EnvironmentName(planned.Environment.Text) == environment);
        return target is null ? null : new RollbackPlace(target, live?.Environment ?? environment);
    }
}

internal sealed record RollbackPlace(Target Target, EnvironmentName Environment);
