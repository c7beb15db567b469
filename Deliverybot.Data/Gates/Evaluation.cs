using Deliverybot.Data.Names;

namespace Deliverybot.Data.Gates;

/// <summary>One look at a wish: what each gate said then. Kept only where it differs from the look before.</summary>
public sealed class Evaluation
{
    public long Id { get; private set; }

    public DeploymentId DeploymentId { get; init; }

    public required DateTimeOffset At { get; set; }

    public required IReadOnlyList<GateVerdict> Verdicts { get; set; }
}
