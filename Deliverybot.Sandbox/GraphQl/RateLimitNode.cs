namespace Deliverybot.Sandbox.GraphQl;

/// <summary>What is left of the hour's limit.</summary>
internal sealed record RateLimitNode(int Limit, int Cost, int Remaining, int Used, string ResetAt);
