namespace Deliverybot.Sandbox.Faults;

/// <summary>What happens to one request.</summary>
internal sealed record Fault(TimeSpan Latency, FaultRule? Error, FaultRule? SecondaryLimit, Action? Meanwhile, bool DropAnswer)
{
    public static Fault None { get; } = new(TimeSpan.Zero, null, null, null, false);
}
