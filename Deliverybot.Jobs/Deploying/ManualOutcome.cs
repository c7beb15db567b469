using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Deploying;

/// <summary>What a person is told.</summary>
internal abstract record ManualOutcome
{
    private ManualOutcome()
    {
    }

    /// <summary>GitHub has made the deployment.</summary>
    public sealed record Deployed(DeploymentId Id) : ManualOutcome;

    /// <summary>A gate or GitHub said no; the sentence says why.</summary>
    public sealed record Refused(DeploymentId Id, string Reason) : ManualOutcome;

    /// <summary>Nothing of that name can be deployed: target, commit or the whole <c>deploy.yml</c>.</summary>
    public sealed record Unknown(string Reason) : ManualOutcome;

    /// <summary>GitHub can't be used now.</summary>
    public sealed record Unavailable(string Reason) : ManualOutcome;
}
