using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.Acts.Rollbacks;

/// <summary>Finds the target and environment that a person means: by the target's name, or by the environment's where a target has many.</summary>
internal sealed class RollbackPlaces(DeployFiles deployFiles, EarlierDeployments earlier, PullRequestEnvironments pullRequests)
{
    /// <param name="askedIn">The pull request that it is asked in: of a target with many environments its own is meant.</param>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    public async Task<Sought<RollbackPlace>> FindAsync(
        RepositoryId repository, string name, PullRequestNumber? askedIn, RepositoryClient github, CancellationToken cancellationToken)
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

        return await choice.Match(
            templated => OfTemplateAsync(repository, templated, askedIn, cancellationToken),
            reason => Task.FromResult<Sought<RollbackPlace>>(new Sought<RollbackPlace>.Missing(reason)));
    }

    private async Task<Sought<RollbackPlace>> OfTemplateAsync(
        RepositoryId repository, Target target, PullRequestNumber? askedIn, CancellationToken cancellationToken)
    {
        if (askedIn is { } number)
        {
            return await pullRequests.FindAsync(repository, target, number, cancellationToken) is { } own
                ? new Sought<RollbackPlace>.Found(new RollbackPlace(target, own))
                : new Sought<RollbackPlace>.Missing($"Nothing of pull request {number} was ever deployed to {target.Name}, so there is nothing to go back to.");
        }

        var live = await earlier.LiveOfAsync(repository, target.Name, cancellationToken);
        return new Sought<RollbackPlace>.Missing(
            $"The environment of {target.Name} is a template, {target.Environment.Text}. Name the environment that is to go back{(live is [] ? "" : $": {string.Join(", ", live)}")}.");
    }

    /// <summary>What is live there, or was wished for it last, tells the target; the file's own word on that target goes before what was read when it was deployed.</summary>
    private async Task<RollbackPlace?> AtAsync(
        RepositoryId repository, EnvironmentName environment, DeployTargets? targets, CancellationToken cancellationToken)
    {
        var there = await earlier.LiveAsync(repository, environment, target: null, cancellationToken)
            ?? await earlier.LastAsync(repository, environment, cancellationToken);
        var target = (there is null ? null : targets?.Find(there.Target))
            ?? (there?.TargetDefinition is { } definition ? TargetJson.Read(definition) : null)
            ?? targets?.All.FirstOrDefault(planned => planned.Environment.IsPlain && new EnvironmentName(planned.Environment.Text) == environment);
        return target is null ? null : new RollbackPlace(target, there?.Environment ?? environment);
    }
}

internal sealed record RollbackPlace(Target Target, EnvironmentName Environment);
