using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Gates;

namespace Deliverybot.Site.Pages.Shared;

/// <summary>What a person who may act can do about a deployment as it stands: the same wherever it is looked at.</summary>
/// <param name="MayPromote">Whether somebody's word is among what it waits for.</param>
/// <param name="Unlock">The environment whose lock or hold lets it wait.</param>
/// <param name="MayFail">Whether it is silent, and GitHub can be told that it has failed.</param>
/// <param name="Again">By what the same is deployed once more.</param>
/// <param name="Earlier">Where its commit failed, so that it waits until that has been deployed there again.</param>
/// <param name="MayCancel">Whether it has not gone out yet.</param>
internal sealed record NextView(
    DeploymentId Id, CommitSha Sha, GitRef? Ref, bool MayPromote, EnvironmentName? Unlock, bool MayFail, AgainView? Again, AgainView? Earlier, bool MayCancel)
{
    public bool IsEmpty => this is { MayPromote: false, Unlock: null, MayFail: false, Again: null, Earlier: null, MayCancel: false };

    /// <summary>What waits goes out by itself, and what is under way has.</summary>
    public static bool MayBeAgain(DeploymentState state) => state is not DeploymentState.Waiting && !state.IsActive();

    /// <param name="row">With what the gates have said of it.</param>
    public static NextView Of(Deployment row, DateTimeOffset now)
    {
        var isSilent = row.MayBeMarkedFailed(now);
        var isWaiting = row.State == DeploymentState.Waiting;
        return new NextView(
            row.Id,
            row.Sha,
            row.Ref,
            row.AwaitsPromotion(),
            isWaiting && row.Gate == GateNames.Lock ? row.Environment : null,
            isSilent,
            isSilent || row.HasFailed || row.State.IsUndeployed() ? AgainView.Of(row) : null,
            AgainView.At(FailedEarlier.Of(row), row),
            isWaiting);
    }
}
