namespace Deliverybot.Jobs.Calendar;

/// <summary>Something that freezes an environment, whoever said so: when it is in force, and how long from a moment at which it is.</summary>
/// <param name="Said">Names it, for who reads how long it is frozen.</param>
/// <param name="Holds">Whether it is in force at that moment.</param>
/// <param name="Ends">The first moment from that one on at which it isn't; null: nobody can say.</param>
internal sealed record Frost<T>(T Said, Func<DateTimeOffset, bool> Holds, Func<DateTimeOffset, DateTimeOffset?> Ends);

/// <summary>Frozen until something is free of all that freezes it.</summary>
/// <param name="Until">When that is; null: nobody can say.</param>
/// <param name="By">As few as reach so far, in their order.</param>
internal sealed record Frozen<T>(DateTimeOffset? Until, IReadOnlyList<T> By)
{
    /// <summary>Two that follow each other for ever are given up on.</summary>
    private const int MostSteps = 100;

    /// <returns>Null where nothing is in force at that moment.</returns>
    public static Frozen<T>? At(DateTimeOffset now, IReadOnlyCollection<Frost<T>> all)
    {
        var (at, by) = (now, new List<T>());
        for (var step = 0; step < MostSteps; step++)
        {
            var holding = all.Where(frost => frost.Holds(at)).Select(frost => (frost.Said, End: frost.Ends(at))).ToList();
            if (holding is [])
            {
                return by is [] ? null : new Frozen<T>(at, by);
            }

            var (said, end) = holding.MaxBy(frost => frost.End ?? DateTimeOffset.MaxValue);
            if (!by.Contains(said))
            {
                by.Add(said);
            }

            if (end is not { } until)
            {
                break;
            }

            at = until;
        }

        return new Frozen<T>(Until: null, by);
    }
}
