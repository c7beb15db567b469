using System.Globalization;
using System.Net;

namespace Deliverybot.Site.Operations.Scraping;

/// <summary>The section <c>Metrics</c> of the settings, checked. Neither of the two set: there is nothing to scrape.</summary>
/// <param name="Port">Where metrics are, and nothing else is; null: with the pages.</param>
/// <param name="Token">What whoever asks has to bear; null: nothing.</param>
internal sealed record MetricsOptions(int? Port, string? Token)
{
    private const string PortKey = "Metrics:Port";
    private const string TokenKey = "Metrics:Token";

    /// <summary>Shorter ones can be guessed.</summary>
    private const int ShortestToken = 16;

    public bool IsOn => Port is not null || Token is not null;

    /// <summary>As far as they can be used: see <see cref="FaultsIn"/>.</summary>
    public static MetricsOptions Of(IConfiguration configuration) => new(ReadPort(configuration[PortKey]), Text(configuration[TokenKey]));

    /// <summary>Every fault as a sentence that says how to mend it, and doesn't repeat the token.</summary>
    public static IEnumerable<string> FaultsIn(IConfiguration configuration)
    {
        if (Text(configuration[PortKey]) is { } port && ReadPort(port) is null)
        {
            yield return $"{PortKey} is '{port}': give the number of a port, such as 9464, or leave it out.";
        }

        if (Text(configuration[TokenKey]) is { } token && (token.Length < ShortestToken || !token.All(letter => letter is > ' ' and < (char)127)))
        {
            yield return $"{TokenKey} can't be used: give at least {ShortestToken} letters and digits without blanks, for example from 'openssl rand -hex 32'.";
        }
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static int? ReadPort(string? text) =>
        int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= IPEndPoint.MaxPort ? port : null;
}
