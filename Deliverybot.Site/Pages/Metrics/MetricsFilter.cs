using System.Globalization;

namespace Deliverybot.Site.Pages.Metrics;

/// <summary>What is reckoned, as the address says it.</summary>
public sealed record MetricsFilter
{
    public const int Usual = 30;

    private const int DaysAPoint = 3;

    public string? Days { get; init; }

    public string? Environment { get; init; }

    public string? Previews { get; init; }

    internal static IReadOnlyList<int> Choices { get; } = [7, 30, 90];

    internal int DayCount =>
        int.TryParse(Days, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && Choices.Contains(days) ? days : Usual;

    /// <summary>How many days one point of the charts stands for.</summary>
    internal int PointDays => DayCount > 30 ? DaysAPoint : 1;

    internal EnvironmentName? EnvironmentName =>
        string.IsNullOrWhiteSpace(Environment) || Environment.Contains('\0', StringComparison.Ordinal) ? null : new EnvironmentName(Environment.Trim());

    internal bool WithPreviews => string.Equals(Previews, "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The parts of the address that say all this.</summary>
    internal IEnumerable<KeyValuePair<string, string?>> Query =>
    [
        new("days", DayCount == Usual ? null : DayCount.ToString(CultureInfo.InvariantCulture)),
        new("environment", EnvironmentName?.Value),
        new("previews", WithPreviews ? "true" : null),
    ];
}
