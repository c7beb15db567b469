using System.Globalization;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Site.Addresses;
using Deliverybot.Site.Settings;

namespace Deliverybot.Site.SelfTest;

/// <summary>GitHub sends webhooks here, as JSON, and signs them.</summary>
internal sealed class HookCheck(AskedApp asked, GitHubClients gitHub, SiteSettings settings) : ICheck
{
    public string Name => "Webhook address";

    public Asked Asks => Asked.GitHub;

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken)
    {
        var hook = await gitHub.App.GetHookConfigAsync(cancellationToken);
        var page = asked.PageOf(await asked.GetAsync(cancellationToken));
        var wanted = new Uri(settings.PublicUrl, Address.Webhooks);
        List<Finding> faults = [];
        if (!Uri.TryCreate(hook.Url, UriKind.Absolute, out var url) || url != wanted)
        {
            faults.Add(Finding.Bad(
                string.IsNullOrEmpty(hook.Url) ? "GitHub sends webhooks nowhere." : $"GitHub sends webhooks to {hook.Url}, which isn't here.",
                $"Set the webhook URL to {wanted}, or Deliverybot:PublicUrl to where the site is.",
                page));
        }

        if (hook.ContentType is { } type && type != "json")
        {
            faults.Add(Finding.Bad($"Webhooks come as '{type}', and are refused with 415.", "Set the webhook's content type to application/json.", page));
        }

        if (string.IsNullOrEmpty(hook.Secret))
        {
            faults.Add(Finding.Bad("Webhooks aren't signed, and are refused with 401.", "Set the webhook secret at GitHub to what GitHub:WebhookSecret is.", page));
        }

        return faults.Count > 0 ? faults : [Finding.Good($"GitHub sends them to {wanted}, as JSON, signed.")];
    }
}

/// <summary>What GitHub has sent last came in.</summary>
internal sealed class DeliveriesCheck(AskedApp asked, GitHubClients gitHub) : ICheck
{
    public string Name => "Webhooks of late";

    public Asked Asks => Asked.GitHub;

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken)
    {
        var attempts = (await gitHub.App.ListHookDeliveriesAsync(cursor: null, cancellationToken)).Attempts;
        if (attempts.Count == 0)
        {
            return [Finding.Note("GitHub has sent none in three days.", "Push something, or install the App somewhere: then look again.")];
        }

        var failed = attempts.Count(attempt => !attempt.Succeeded);
        return attempts[0].Succeeded
            ? [Finding.Good(string.Create(CultureInfo.InvariantCulture, $"The last one, at {attempts[0].DeliveredAt:u}, was answered with {attempts[0].StatusCode}; of the last {attempts.Count}, {failed} failed."))]
            : [Answers.Failed(attempts[0], asked.PageOf(await asked.GetAsync(cancellationToken), "advanced"))];
    }
}

/// <summary>
/// The whole way, from here to GitHub and back: GitHub sends its last webhook once more, and tells how it was answered. An App can't have
/// a ping sent; that one, which comes twice, counts once.
/// </summary>
internal sealed class RoundTripCheck(AskedApp asked, GitHubClients gitHub, TimeProvider time) : ICheck
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public string Name => "Webhook there and back";

    public Asked Asks => Asked.GitHub;

    public bool Acts => true;

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken)
    {
        var known = await ListAsync(cancellationToken);
        if (known.Count == 0)
        {
            return [Finding.Note("There is none that GitHub could send again.", "Push something, or install the App somewhere: then try again.")];
        }

        var page = asked.PageOf(await asked.GetAsync(cancellationToken), "advanced");
        if (!await gitHub.App.RedeliverAsync(known[0], cancellationToken))
        {
            return [Finding.Note("GitHub has forgotten the one that it was to send again.", "Try again.", page)];
        }

        var again = await AwaitAsync(known, cancellationToken);
        return again.Succeeded
            ? [Finding.Good(string.Create(CultureInfo.InvariantCulture, $"GitHub has sent its last webhook ({again.Event}) once more, and was answered with {again.StatusCode}."))]
            : [Answers.Failed(again, page)];
    }

    /// <summary>GitHub tells of an attempt when it is over.</summary>
    private async Task<HookDelivery> AwaitAsync(IReadOnlyList<HookDelivery> known, CancellationToken cancellationToken)
    {
        while (true)
        {
            var attempts = await ListAsync(cancellationToken);
            if (attempts.FirstOrDefault(attempt => attempt.Guid == known[0].Guid && known.All(before => before.Id != attempt.Id)) is { } again)
            {
                return again;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<HookDelivery>> ListAsync(CancellationToken cancellationToken) =>
        (await gitHub.App.ListHookDeliveriesAsync(cursor: null, cancellationToken)).Attempts;
}

/// <summary>What the answer to a webhook means that GitHub took for a failure.</summary>
internal static class Answers
{
    public static Finding Failed(HookDelivery attempt, Uri page) => Finding.Bad(
        string.Create(CultureInfo.InvariantCulture, $"The last one, at {attempt.DeliveredAt:u}, failed: {(attempt.StatusCode == 0 ? "GitHub got no answer" : $"it was answered with {attempt.StatusCode}")}."),
        attempt.StatusCode switch
        {
            0 => "GitHub has to reach Deliverybot:PublicUrl from where it is: see DNS, firewall, and a certificate that GitHub knows.",
            StatusCodes.Status401Unauthorized => "GitHub:WebhookSecret isn't the App's: set both to the same.",
            StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed => "Something else answers there: see the webhook's URL, and where the proxy leads.",
            StatusCodes.Status408RequestTimeout => "It came too slowly: see the way between GitHub and the site.",
            StatusCodes.Status410Gone => "It was too old: is this machine's clock right?",
            StatusCodes.Status413PayloadTooLarge => "The proxy takes no bodies of that size: let it take 25 MB.",
            StatusCodes.Status415UnsupportedMediaType => "Set the webhook's content type to application/json.",
            >= StatusCodes.Status500InternalServerError => "The site, or the proxy in front of it, couldn't take it: the log says more. GitHub is asked for it again.",
            _ => "A proxy, or something else on the way, refuses it: open it at GitHub to see the answer.",
        },
        page);
}
