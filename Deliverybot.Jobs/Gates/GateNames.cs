namespace Deliverybot.Jobs.Gates;

/// <summary>The names that verdicts are stored under.</summary>
internal static class GateNames
{
    public const string Freshness = "Freshness";
    public const string AlreadyThere = "Already there";
    public const string Lock = "Lock";
    public const string After = "After";
    public const string Queue = "Queue";
    public const string Checks = "Checks";
}
