using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Deploying;

/// <summary>What a person who cancels is told.</summary>
internal abstract record CancelOutcome
{
    private CancelOutcome()
    {
    }

    /// <summary>What every answer says.</summary>
    public abstract string Sentence { get; }

    /// <param name="Ids">The wishes that don't wait any more.</param>
    /// <param name="By">Who did that.</param>
    public sealed record Cancelled(IReadOnlyList<DeploymentId> Ids, GitHubLogin By) : CancelOutcome
    {
        public override string Sentence => $"Cancelled by {By}.";
    }

    /// <summary>It has gone out, or has ended: there is nothing to cancel.</summary>
    public sealed record NotWaiting(string Reason) : CancelOutcome
    {
        public static NotWaiting Of(Deployment wish) => new($"{wish.Sha.Short} doesn't wait for {wish.Environment} any more: {StateOf(wish)}.");

        public override string Sentence => Reason;

        private static string StateOf(Deployment wish) => wish.State switch
        {
            DeploymentState.Waiting => "it waits",
            DeploymentState.Creating => "GitHub is being asked for the deployment",
            DeploymentState.Pending => "it was deployed and is to be carried out",
            DeploymentState.InProgress => "it is being carried out",
            DeploymentState.Success => "it has succeeded",
            DeploymentState.Failure or DeploymentState.Error => "it has failed",
            DeploymentState.Inactive => "it was deployed and is inactive now",
            DeploymentState.Superseded => "something newer took its place",
            DeploymentState.Denied => "it was refused",
            DeploymentState.Cancelled => "it was cancelled",
            _ => throw new InvalidOperationException($"The state {wish.State} has no meaning here."),
        };
    }

    /// <summary>The repository has no such wish.</summary>
    public sealed record Unknown(string Reason) : CancelOutcome
    {
        public override string Sentence => Reason;
    }
}
