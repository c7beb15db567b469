using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.Core.Rights;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Access;

namespace Deliverybot.Jobs.Acts;

/// <summary>Asks GitHub, at each act anew, whether a person may write to the repository.</summary>
internal sealed class Admission(RepositoryFinder repositories, ToldRoles told)
{
    /// <summary>The App can't act there.</summary>
    public static ActResult NotInstalled => ActResult.Because(ActEnd.Unknown, $"Nothing can be deployed from here", $"Deliverybot is not installed on this repository.") with
    {
        Hints = [new ActHint.Next($"Whoever administers the repository can install it there.")],
    };

    /// <summary>Whoever acts with their own access: GitHub's permissions decide, and what is made names the person.</summary>
    public async Task<AdmissionAnswer> AskAsync(RepositoryName name, GitHubUser person, UserClient github, CancellationToken cancellationToken)
    {
        if (await github.Repository(name).GetAsync(cancellationToken) is not { } seen)
        {
            return new AdmissionAnswer.Hidden();
        }

        if (FaultOf(seen) is var (fault, step))
        {
            return new AdmissionAnswer.Refused(
                seen, ActResult.Because(ActEnd.NotAllowed, $"You may look, but change nothing", Sentence.Plain(fault)) with { Hints = [new ActHint.Next(Sentence.Plain(step))] });
        }

        told.Note(new AskedRole(seen.Name, person), new HeldRole(seen.Permission), isNamed: false);
        return await repositories.EnsureAsync(seen, github, cancellationToken)
            ? new AdmissionAnswer.May(seen, new Admitted(person, seen.Id, seen.DefaultBranch, github.Repository(seen.Name)))
            : new AdmissionAnswer.Refused(seen, NotInstalled);
    }

    /// <summary>Whoever acts by the App, in a pull request.</summary>
    /// <returns>Null for somebody who may not write.</returns>
    public async Task<Actor?> AskAsync(Repository repository, GitHubUser person, RepositoryClient app, CancellationToken cancellationToken)
    {
        var role = await app.Collaborators.RoleOfAsync(person, cancellationToken);
        told.Note(new AskedRole(app.Name, person), role, isNamed: true);
        return role.Level >= RepositoryPermission.Write ? new Admitted(person, repository.Id, GitRef.Branch(repository.DefaultBranch), app) : null;
    }

    /// <returns>What stands in the way, and what to do about it.</returns>
    private static (string Fault, string Step)? FaultOf(RepositoryInfo seen) => seen switch
    {
        { Archived: true } => ("The repository is archived.", "Whoever administers it can unarchive it at GitHub."),
        { Permission: < RepositoryPermission.Write } =>
            ("This needs write access to the repository at GitHub.", "Ask somebody who has it, or whoever administers the repository to give it to you."),
        _ => null,
    };

    private sealed class Admitted(GitHubUser by, RepositoryId repository, GitRef? defaultBranch, RepositoryClient github)
        : Actor(by, repository, defaultBranch, github);
}

/// <summary>Whether a person may act in a repository.</summary>
internal abstract record AdmissionAnswer
{
    private AdmissionAnswer()
    {
    }

    public abstract T Match<T>(Func<T> hidden, Func<RepositoryInfo, ActResult, T> refused, Func<RepositoryInfo, Actor, T> may);

    /// <summary>There is no such repository, as far as this person can see.</summary>
    public sealed record Hidden : AdmissionAnswer
    {
        public override T Match<T>(Func<T> hidden, Func<RepositoryInfo, ActResult, T> refused, Func<RepositoryInfo, Actor, T> may) => hidden();
    }

    /// <summary>The person may only look, or the App isn't there.</summary>
    public sealed record Refused(RepositoryInfo Seen, ActResult Result) : AdmissionAnswer
    {
        public override T Match<T>(Func<T> hidden, Func<RepositoryInfo, ActResult, T> refused, Func<RepositoryInfo, Actor, T> may) => refused(Seen, Result);
    }

    public sealed record May(RepositoryInfo Seen, Actor Actor) : AdmissionAnswer
    {
        public override T Match<T>(Func<T> hidden, Func<RepositoryInfo, ActResult, T> refused, Func<RepositoryInfo, Actor, T> may) => may(Seen, Actor);
    }
}

/// <summary>
/// A person who may change what happens in a repository: GitHub has said so a moment ago. Acts take nobody else, and only
/// <see cref="Admission"/> makes one.
/// </summary>
internal abstract class Actor
{
    private protected Actor(GitHubUser by, RepositoryId repository, GitRef? defaultBranch, RepositoryClient github)
    {
        By = by;
        Repository = repository;
        DefaultBranch = defaultBranch;
        GitHub = github;
    }

    public GitHubUser By { get; }

    /// <summary>The right is for this one alone.</summary>
    public RepositoryId Repository { get; }

    /// <summary>Null where the repository is empty.</summary>
    public GitRef? DefaultBranch { get; }

    /// <summary>The access that the act is carried out with: the person's own; for a command in a pull request the App's.</summary>
    public RepositoryClient GitHub { get; }
}
