using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Deliverybot.Jobs.GitHub.Transport;

/// <summary>
/// A setting that has two values while it is changed: <c>NAME</c> and <c>NAME:1</c>; or <c>NAME:0</c> and <c>NAME:1</c>, as an array in JSON
/// is read (docs/decisions/0023).
/// </summary>
internal static class TwoAtATime
{
    public const int Most = 2;

    /// <summary>The values that are set, the first one first.</summary>
    public static IReadOnlyList<string> Of(IConfiguration configuration, string key) =>
        [.. Enumerable.Range(0, Most).Select(place => At(configuration, key, place)).OfType<string>()];

    public static bool IsSet(IConfiguration configuration, string key) => Of(configuration, key).Count > 0;

    /// <returns>The value in one of the two places; null where there is none.</returns>
    public static string? At(IConfiguration configuration, string key, int place)
    {
        var section = configuration.GetSection(key);
        var text = section[place.ToString(CultureInfo.InvariantCulture)];
        return place == 0 && !string.IsNullOrWhiteSpace(section.Value) ? section.Value
            : string.IsNullOrWhiteSpace(text) ? null
            : text;
    }

    /// <returns>What is wrong with how many there are; null where nothing is.</returns>
    public static string? Fault(IConfiguration configuration, string key)
    {
        var section = configuration.GetSection(key);
        var isTwice = !string.IsNullOrWhiteSpace(section.Value) && !string.IsNullOrWhiteSpace(section["0"]);
        return isTwice || section.GetChildren().Any(child => child.Key is not ("0" or "1"))
            ? $"{section.Path} has more than two values: set it, and {section.Path}:1 while it is changed."
            : null;
    }
}
