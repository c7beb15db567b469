using System.Globalization;
using System.Net;
using Deliverybot.Site.Addresses;
using Deliverybot.Site.Settings;
using Microsoft.Extensions.Options;

namespace Deliverybot.Site.SelfTest;

/// <summary>The site answers at its public address, as far as it can be seen from this machine.</summary>
internal sealed class PublicUrlCheck(IHttpClientFactory clients, SiteSettings settings, IOptions<SelfTestPatience> patience) : ICheck
{
    public string Name => "Public address";

    public Asked Asks => Asked.Site;

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken)
    {
        var address = new Uri(settings.PublicUrl, Address.HealthLive);
        using var http = clients.CreateClient(SelfTestRegistration.HttpName);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Sooner than all: a network that lets no machine call its own public address mostly says nothing, and that isn't bad by itself.
        late.CancelAfter(patience.Value.Longest / 2);
        try
        {
            using var answer = await http.GetAsync(address, late.Token);
            return answer.StatusCode == HttpStatusCode.OK && await answer.Content.ReadAsStringAsync(late.Token) == "Healthy"
                ? [Finding.Good($"{settings.PublicUrl} leads here.")]
                : [Finding.Bad(
                    string.Create(CultureInfo.InvariantCulture, $"{address} is answered with {(int)answer.StatusCode}, and not by this site."),
                    answer.Headers.Location is { } elsewhere ? $"It leads to {elsewhere}: set Deliverybot:PublicUrl to where the site is." : "See where the proxy leads, and Deliverybot:PublicUrl.")];
        }
        catch (HttpRequestException fault)
        {
            return [Unreached($"{fault.GetBaseException().Message.TrimEnd('.')}")];
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return [Unreached("no answer came")];
        }
    }

    private Finding Unreached(string why) => Finding.Warning(
        $"From this machine {settings.PublicUrl} can't be reached: {why}.",
        "See that the site runs, DNS and the certificate. Where a network lets no machine call its own public address, what GitHub and browsers see counts alone.");
}

/// <summary>What only a browser sees: on the page a script looks, by which address it came and whether events come at once.</summary>
internal sealed class BrowserCheck(SiteSettings settings) : ICheck
{
    public string Name => "In the browser";

    public Asked Asks => Asked.Process;

    public Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Finding>>(
        [Finding.Note("Whether the proxy holds events back, and how a browser sees the address, isn't seen from here.", $"Open {new Uri(settings.PublicUrl, Address.SetUpCheck)} as an operator: there it is looked at.")]);
}
