using Deliverybot.Data.Deploying;

namespace Deliverybot.Tests.Jobs.Gates;

/// <summary>What makes a wish, and the word that the documentation has for it.</summary>
internal sealed record Wisher(string Kind, DeploymentTrigger Trigger, bool Force)
{
    /// <summary>Every trigger, those of people with and without force. What others deploy passes no gate.</summary>
    public static IReadOnlyList<Wisher> All { get; } =
    [
        .. Enum.GetValues<DeploymentTrigger>().Except([DeploymentTrigger.External]).SelectMany(trigger => trigger switch
        {
            DeploymentTrigger.Push or DeploymentTrigger.PullRequest or DeploymentTrigger.Release or DeploymentTrigger.Pipeline =>
                [new Wisher("events", trigger, Force: false)],
            DeploymentTrigger.Rollback => [new Wisher("rollback", trigger, Force: false)],
            _ => new[] { new Wisher("people", trigger, Force: false), new Wisher("force", trigger, Force: true) },
        }),
    ];
}
