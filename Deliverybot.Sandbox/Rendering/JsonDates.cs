using System.Globalization;

namespace Deliverybot.Sandbox.Rendering;

/// <summary>GitHub's dates: ISO 8601, UTC, whole seconds.</summary>
internal static class JsonDates
{
    public static string Iso(this DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string? Iso(this DateTimeOffset? time) => time?.Iso();
}
