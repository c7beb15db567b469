namespace Deliverybot.Jobs.Gates;

/// <summary>One rule that a wish has to pass: a pure decision over facts already read.</summary>
internal interface IGate
{
    /// <summary>The name that verdicts, pages and documentation use.</summary>
    string Name { get; }

    /// <summary>What can change its answer to a wish that it lets wait. Each of these has that wish looked at again.</summary>
    Waking WokenBy { get; }

    /// <summary>Whether it lets pass what it would hold, if a person adds <c>force</c>, or rolls back.</summary>
    bool YieldsToForce { get; }

    GateDecision Decide(GateFacts facts);
}
