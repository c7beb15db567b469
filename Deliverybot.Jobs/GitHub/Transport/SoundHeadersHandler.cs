using System.Globalization;
using System.Text.RegularExpressions;

namespace Deliverybot.Jobs.GitHub.Transport;

/// <summary>Takes away headers that Octokit would throw at: what a proxy answers in GitHub's place may be anything, and none of them is needed.</summary>
internal sealed partial class SoundHeadersHandler : DelegatingHandler
{
    private static readonly string[] Counts = ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var headers = response.Headers;
        if (headers.TryGetValues("Link", out var links) && !links.All(link => Addresses().Matches(link).All(address => Uri.IsWellFormedUriString(address.Groups[1].Value, UriKind.Absolute))))
        {
            headers.Remove("Link");
        }

        foreach (var name in Counts)
        {
            if (headers.TryGetValues(name, out var values) && !values.All(IsCount))
            {
                headers.Remove(name);
            }
        }

        return response;
    }

    private static bool IsCount(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    [GeneratedRegex("<([^>]*)>")]
    private static partial Regex Addresses();
}
