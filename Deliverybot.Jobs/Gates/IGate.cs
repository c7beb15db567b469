namespace Deliverybot.Jobs.Gates;

/// <summary>One rule that a wish has to pass: a pure decision over facts already read.</summary>
internal interface IGate
{
    /// <summary>The name that verdicts, pages and documentation use.</summary>
    string Name { get; }

    GateDecision Decide(GateFacts facts);
}
