namespace Deliverybot.Tests.Site.Situations;

/// <summary>Whether the places say what is true, and all the same.</summary>
internal static class Agreement
{
    /// <summary>How wishes end of which nothing comes.</summary>
    public static readonly string[] NotThere = ["not approved", "denied", "superseded", "cancelled"];

    /// <summary>Where nothing is that an environment could tell of.</summary>
    private static readonly string[] Absent = [.. NotThere.Except(["not approved"]), "previous"];

    /// <summary>GitHub's own list of deployments tells of what goes out, so that nothing is written at the commit of what has never waited.</summary>
    private static readonly string[] Unsaid = ["on its way", "deploying", "silent", .. NotThere];

    public static IEnumerable<string> Faults(Situation situation, IReadOnlyDictionary<string, Told> read) =>
        from place in Places.All
        let told = read[place]
        from fault in FaultsOf(situation, place, told)
        select $"{situation.Name} · {place}: {fault}";

    private static IEnumerable<string> FaultsOf(Situation situation, string place, Told told)
    {
        var tellsOfEnvironment = place is Places.Board or Places.Status or Places.Slack;
        if (told.State is null)
        {
            var mayBe = tellsOfEnvironment ? situation.IsGone || Absent.Contains(situation.State) : place is Places.CommitStatus && (!situation.HasStatus || Unsaid.Contains(situation.State));
            if (!mayBe)
            {
                yield return $"says nothing, where it is {situation.State}";
            }
        }
        else
        {
            // GitHub has no word for what was there once, nor for two at a time.
            var state = place is Places.CommitStatus ? situation.Status ?? situation.State.Replace("previous", "live", StringComparison.Ordinal).Split(" and ")[^1]
                : place is Places.Deployment ? situation.State.Split(" and ")[^1]
                : situation.State;
            if (told.State != state && !(place is Places.CommitStatus && state is "deploying" && told.State is "on its way"))
            {
                yield return $"{told.State}, where it is {state}";
            }

            if (told.Because != situation.Because && situation is not { State: "previous", IsGone: true })
            {
                yield return $"because “{told.Because}”, where it is “{situation.Because}”";
            }
        }

        if (place is Places.Deployment or Places.Commit)
        {
            var next = situation.Next;
            if (!(told.Next ?? []).SequenceEqual(next))
            {
                yield return $"to do is {string.Join(", ", told.Next ?? [])}, where it is {string.Join(", ", next)}";
            }
        }
        else if (situation.Next is [_, ..] && told is { State: not null, LeadsThere: false })
        {
            yield return "leads nowhere, where something is to be done";
        }

        if ((tellsOfEnvironment || (place is Places.Deployment or Places.Commit && told.State is not null && !situation.IsGone)) && (told.Kept ?? "") != (situation.Kept ?? "") && !(told.State is null && told.Kept is null && situation.IsGone))
        {
            yield return $"kept “{told.Kept}”, where it is “{situation.Kept}”";
        }
    }
}
