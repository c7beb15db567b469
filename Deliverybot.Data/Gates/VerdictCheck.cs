using System.Text.Json.Serialization;

namespace Deliverybot.Data.Gates;

/// <summary>A required check that wasn't good when a gate looked.</summary>
/// <param name="Context">The name of the commit status or check run.</param>
/// <param name="State">In GitHub's words, such as <c>pending</c>; <c>no result yet</c> where nobody had reported on it.</param>
/// <param name="Because">What else of its suite kept it from running; only of a skipped one.</param>
public sealed record VerdictCheck(
    string Context, string State, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Because = null);
