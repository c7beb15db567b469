using System.Diagnostics;

namespace Deliverybot.Benchmarks.Load;

/// <summary>The acknowledgements of a run, in the order of the events that were sent.</summary>
internal sealed class LoadResult(IReadOnlyList<Acknowledgement> acknowledgements)
{
    private const int Accepted = 202;

    public IReadOnlyList<Acknowledgement> Acknowledgements => acknowledgements;

    public long FirstSentAt { get; } = acknowledgements.Min(each => each.SentAt);

    public double PerSecond =>
        acknowledgements.Count / Stopwatch.GetElapsedTime(FirstSentAt, acknowledgements.Max(each => each.AnsweredAt)).TotalSeconds;

    public Percentiles Times => Percentiles.Of(acknowledgements.Select(each => each.Took));

    /// <summary>One sentence for each status code that isn't 202.</summary>
    public IEnumerable<string> Faults => acknowledgements
        .Where(each => each.Status != Accepted)
        .CountBy(each => each.Status)
        .Select(refused => $"{refused.Value} webhooks were answered with {refused.Key} instead of {Accepted}.");
}
