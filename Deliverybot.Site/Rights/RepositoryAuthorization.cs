using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Site.SignIn;

namespace Deliverybot.Site.Rights;

/// <summary>Asks GitHub, in the signed-in user's name, what that user may see and do.</summary>
internal sealed class RepositoryAuthorization(UserSession session, GitHubClients gitHub, RememberedAccess remembered, GitHubSilence silence, TimeProvider time)
{
    /// <summary>So long somebody who has an older answer waits for a new one: GitHub may be slow.</summary>
    private static readonly TimeSpan Hurry = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(20);

    /// <summary>What GitHub has said within the last minute.</summary>
    /// <returns>Null if it wasn't asked, or the user couldn't see such a repository.</returns>
    public RepositoryAccess? Known(RepositoryName repository) => remembered.Find(session.Token, repository);

    /// <summary>For looking: an answer up to a minute old will do.</summary>
    /// <returns>Null if the user can't see such a repository.</returns>
    public async Task<RepositoryAccess?> SeeAsync(RepositoryName repository, CancellationToken cancellationToken) =>
        Known(repository)
        ?? (await AskAsync(repository, cancellationToken) is { } seen ? RepositoryAccess.Of(seen) : null);

    /// <summary>
    /// For a page that can be drawn without GitHub: where GitHub has a fault, what it said up to ten minutes ago will do, and the page says
    /// so (<see cref="GitHubSilence"/>). Never for what changes something, nor for what only some may see of a repository.
    /// </summary>
    /// <returns>Null if the user can't see such a repository.</returns>
    /// <exception cref="RetryLaterException">GitHub doesn't say, and nothing is known.</exception>
    public async Task<RepositoryAccess?> LookAsync(RepositoryName repository, CancellationToken cancellationToken)
    {
        if (Known(repository) is { } known)
        {
            return known;
        }

        if ((silence.Fault ?? remembered.FaultOf(session.Token, repository)) is { } met && Recall(repository, met) is { } atOnce)
        {
            return atOnce;
        }

        using var hurry = new CancellationTokenSource(
            remembered.FindInFault(session.Token, repository) is null ? Timeout.InfiniteTimeSpan : Hurry, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, hurry.Token);
        try
        {
            return await SeeAsync(repository, either.Token);
        }
        catch (RetryLaterException fault) when (Recall(repository, fault) is { } recalled)
        {
            return recalled;
        }
        catch (OperationCanceledException slow) when (hurry.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            var fault = new RetryLaterException(time.GetUtcNow() + AfterFault, "GitHub didn't answer in time.", slow) { Holdup = Holdup.Fault };
            return Recall(repository, fault) ?? throw fault;
        }
    }

    /// <summary>GitHub was asked about the repository, and met with a fault: what it said before. A limit is none, for who asks much brings it about.</summary>
    /// <returns>Null where nothing is known.</returns>
    public RepositoryAccess? Recall(RepositoryName repository, RetryLaterException fault)
    {
        if (Known(repository) is { } known)
        {
            silence.Note(fault);
            return known;
        }

        if (fault.Holdup is not Holdup.Fault || remembered.FindInFault(session.Token, repository) is not { } older)
        {
            return null;
        }

        remembered.NoteFault(session.Token, repository, fault);
        silence.Note(fault, older.At);
        return older.Access;
    }

    /// <summary>Asked at this moment. Who changes something is asked about by the act's own admission.</summary>
    /// <returns>Null if the user can't see such a repository.</returns>
    public async Task<RepositoryInfo?> AskAsync(RepositoryName repository, CancellationToken cancellationToken)
    {
        try
        {
            var found = await gitHub.User(session.Token).Repository(repository).GetAsync(cancellationToken);
            Note(repository, found);
            return found;
        }
        catch (UserTokenEndedException)
        {
            remembered.Forget(session.Token);
            throw;
        }
        catch (GitHubRefusedException)
        {
            remembered.Forget(session.Token, repository);
            throw;
        }
    }

    /// <summary>GitHub was asked just now, and this is what the user can see: pages needn't ask again.</summary>
    public void Note(RepositoryName repository, RepositoryInfo? seen)
    {
        if (seen is null)
        {
            remembered.Forget(session.Token, repository);
        }
        else
        {
            remembered.Remember(session.Token, repository, RepositoryAccess.Of(seen));
        }
    }
}
