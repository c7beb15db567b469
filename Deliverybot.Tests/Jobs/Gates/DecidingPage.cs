using Deliverybot.Data.Gates;
using Deliverybot.Sandbox.Processes;

namespace Deliverybot.Tests.Jobs.Gates;

/// <summary>The tables of <c>docs/deciding.md</c>: one for each gate, under its name.</summary>
internal static class DecidingPage
{
    private const string Everybody = "everybody";

    /// <summary>What the page promises, a verdict for each kind of wisher.</summary>
    public static IReadOnlyList<Promise> Read()
    {
        var promises = new List<Promise>();
        var gate = "";
        foreach (var line in File.ReadLines(RepositoryFolder.Of("docs", "deciding.md")))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                gate = line[3..].Trim();
            }
            else if (line.Split('|', StringSplitOptions.TrimEntries) is ["", _, var who, var what, var sentence, ""] && OutcomeOf(what) is { } outcome)
            {
                promises.AddRange(Wishers(who).Select(wisher => new Promise(gate, wisher, outcome, sentence)));
                if (Wishers(who).Contains("people") && !Wishers(who).Contains(Wisher.Requests))
                {
                    // They are people's; only what may pass by itself holds them where it refuses others.
                    promises.Add(new Promise(gate, Wisher.Requests, outcome is GateOutcome.Deny && gate != "Permission" ? GateOutcome.Wait : outcome, sentence));
                }
            }
        }

        return promises;
    }

    private static IEnumerable<string> Wishers(string who) =>
        who == Everybody ? Wisher.All.Select(wisher => wisher.Kind).Distinct() : who.Split(", ");

    private static GateOutcome? OutcomeOf(string what) => what switch
    {
        "goes on" => GateOutcome.Pass,
        "waits" => GateOutcome.Wait,
        "is denied" => GateOutcome.Deny,
        "is superseded" => GateOutcome.Done,
        _ => null,
    };

    internal sealed record Promise(string Gate, string Wisher, GateOutcome Outcome, string Sentence);
}
