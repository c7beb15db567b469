using System.Globalization;
using Octokit;

namespace Deliverybot.Jobs.GitHub.Transport;

internal static class ResponseHeaders
{
    public static string? HeaderOf(this IResponse response, string name) =>
        response.Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>By the clock of whoever answered.</summary>
    public static DateTimeOffset? DateOf(this IResponse response) =>
        DateTimeOffset.TryParseExact(response.HeaderOf("date"), "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;
}
