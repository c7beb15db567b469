using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.Changes;

/// <summary>Somebody who is told of changes. What it can't tell now is tried again for it alone, and holds up nobody else.</summary>
internal interface IChannel
{
    /// <summary>As rows keep it: it stays, whatever the class is called.</summary>
    string Name { get; }

    /// <summary>Whether there may be something to tell. It is asked before each save, so it reads nothing.</summary>
    bool Wants(Happening change);

    /// <summary>What is kept up to date by telling: of several changes of it the last one is told.</summary>
    object SubjectOf(Happening change) => (change.Wish.Id, change.LeftCommit);

    /// <summary>Tells how it is by now, which it reads itself; what stands there already isn't told again. No environment's turn is held.</summary>
    /// <exception cref="RetryLaterException">It is tried again then; after any other fault, in a moment.</exception>
    Task TellAsync(Happening change, CancellationToken cancellationToken);
}

/// <summary>What a channel may be told of.</summary>
/// <param name="Wish">The wish that changes. Before it is saved, it is as it will be; afterwards it may have changed again.</param>
/// <param name="LeftCommit">The commit that it was for, where another has taken that one's place; else null.</param>
internal sealed record Happening(Deployment Wish, CommitSha? LeftCommit = null);
