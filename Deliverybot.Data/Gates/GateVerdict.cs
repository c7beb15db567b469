using System.Text.Json.Serialization;
using Deliverybot.Data.Names;

namespace Deliverybot.Data.Gates;

/// <summary>What one gate said, in one sentence.</summary>
/// <param name="Gate">Its name.</param>
/// <param name="Outcome">What it said.</param>
/// <param name="Reason">Why.</param>
/// <param name="Overridden">It let pass only because a person wanted it so. The releases that didn't say so began the sentence accordingly.</param>
/// <param name="Asked">
/// Whether whoever judges for the gate was asked: it lets pass where they weren't. Null of a gate that judges by itself, and in rows of the
/// releases that didn't say so.
/// </param>
/// <param name="Past">Where it was overridden: what was passed by, as it stood then, in few words. Null in rows of the releases that didn't say so.</param>
/// <param name="Earlier">The name of the target at which the commit has to go well first; null where the gate stops it for another reason, or not at all.</param>
/// <param name="Again">Whether the commit failed at <paramref name="Earlier"/>, and has to be deployed there again. False in rows of the releases that didn't say so.</param>
/// <param name="Unmet">The required checks that stop it, as they stood then. Null where none does, and in rows of the releases that didn't say so.</param>
public sealed record GateVerdict(
    string Gate,
    GateOutcome Outcome,
    Sentence Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Overridden = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Asked = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Sentence? Past = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Earlier = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Again = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<VerdictCheck>? Unmet = null);
