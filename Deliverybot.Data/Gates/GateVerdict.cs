namespace Deliverybot.Data.Gates;

/// <summary>What one gate said, in one sentence.</summary>
public sealed record GateVerdict(string Gate, GateOutcome Outcome, string Reason);
