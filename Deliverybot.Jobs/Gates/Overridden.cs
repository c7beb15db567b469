using Deliverybot.Data.Gates;

namespace Deliverybot.Jobs.Gates;

/// <summary>How gates say that they let pass only because a person wanted it so.</summary>
internal static class Overridden
{
    public const string Order = "Overridden: ";
    public const string Queue = "Overtakes ";
    public const string Checks = "Checks are overridden.";

    private static readonly string[] Beginnings = [Order, Queue, Checks];

    /// <summary>Whether <c>force</c> passes that gate; null where no gate stands in the way.</summary>
    public static bool Yields(string? gate) => gate is GateNames.After or GateNames.Queue or GateNames.Checks;

    /// <summary>What of it a look at a wish found; empty where nothing was overridden.</summary>
    public static string In(IEnumerable<GateVerdict> verdicts) => string.Join(
        ' ',
        verdicts
            .Where(verdict => verdict.Outcome == GateOutcome.Pass && Beginnings.Any(word => verdict.Reason.StartsWith(word, StringComparison.Ordinal)))
            .Select(verdict => verdict.Reason));
}
