using Deliverybot.Data.Deploying;

namespace Deliverybot.Tests.Jobs.Gates;

/// <summary>What makes a wish, and the word that the documentation has for it.</summary>
internal sealed record Wisher(string Kind, DeploymentOrigin Origin, bool Force, bool Waits = false)
{
    public const string Requests = "requests";

    private static readonly DeploymentVia[] People = [.. Enum.GetValues<DeploymentVia>().Except([DeploymentVia.Event])];

    /// <summary>Every cause, act and way, people's deployments with and without force. What others deploy passes no gate.</summary>
    public static IReadOnlyList<Wisher> All { get; } =
    [
        .. Enum.GetValues<DeploymentCause>().Except([DeploymentCause.Person, DeploymentCause.External])
            .Select(cause => new Wisher("events", DeploymentOrigin.Event(cause), Force: false)),
        .. People.Select(via => DeploymentOrigin.Person(DeploymentAct.Deploy, via))
            .SelectMany(origin => new[] { new Wisher("people", origin, Force: false), new Wisher(Requests, origin, Force: false, Waits: true), new Wisher("force", origin, Force: true) }),
        .. People.Select(via => new Wisher("rollback", DeploymentOrigin.Person(DeploymentAct.Rollback, via), Force: false)),
    ];
}
