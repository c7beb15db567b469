using System.Text.RegularExpressions;

namespace Deliverybot.Jobs.Calendar;

/// <summary>Time zones by their IANA names, from the machine's zone database.</summary>
internal static partial class TimeZones
{
    public const string UtcName = "UTC";

    /// <summary>What <see cref="FaultOfDatabase"/> tries: a zone that every database has.</summary>
    private const string Known = "Europe/Berlin";

    private const int LongestName = 64;

    /// <summary>All that people may mean, for who has misspelt one.</summary>
    public static IReadOnlyCollection<string> Names => [UtcName, .. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Where(IsName).Distinct()];

    /// <summary>Null where there is no such zone. Case counts, as in the database.</summary>
    public static TimeZoneInfo? Find(string name) =>
        name == UtcName ? TimeZoneInfo.Utc
        : IsName(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.Id == name && zone.HasIanaId ? zone
        : null;

    /// <summary>The zone of that name; UTC where none is named, or the database doesn't know it any more.</summary>
    public static TimeZoneInfo Of(string? name) => name is null ? TimeZoneInfo.Utc : Find(name) ?? TimeZoneInfo.Utc;

    /// <summary>How a zone is called: .NET has another name for UTC on some systems.</summary>
    public static string NameOf(TimeZoneInfo zone) => zone.Equals(TimeZoneInfo.Utc) ? UtcName : zone.Id;

    /// <summary>Why windows and freezes can't be told by the clock here; null where they can.</summary>
    public static string? FaultOfDatabase() => Find(Known) is not null
        ? null
        : "There are no time zones on this machine, by which windows and freezes of deploy.yml are judged: install the package tzdata.";

    /// <summary>What people in a hurry write: the city alone, or another case.</summary>
    public static string? Nearest(string name)
    {
        var plain = name.Trim().Replace(' ', '_');
        return Names.FirstOrDefault(known => known.Equals(plain, StringComparison.OrdinalIgnoreCase))
            ?? Names.FirstOrDefault(known => known[(known.LastIndexOf('/') + 1)..].Equals(plain, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsName(string name) => name.Length <= LongestName && Name.IsMatch(name);

    /// <summary>No path leads out of the database by it.</summary>
    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*$")]
    private static partial Regex Name { get; }
}
