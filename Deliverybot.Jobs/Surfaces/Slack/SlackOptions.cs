using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.Extensions.Configuration;

namespace Deliverybot.Jobs.Surfaces.Slack;

/// <summary>The section <c>Slack</c> of the settings. Nothing of an App set: Slack is off.</summary>
internal sealed class SlackOptions
{
    public const string Section = "Slack";

    public Uri Url { get; set; } = new("https://slack.com");

    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }

    /// <summary>Two while it is changed.</summary>
    public IReadOnlyList<string> SigningSecrets { get; private set; } = [];

    /// <summary>As they are set.</summary>
    public static SlackOptions Of(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var options = section.Get<SlackOptions>() ?? new SlackOptions();
        options.SigningSecrets = TwoAtATime.Of(section, "SigningSecret");
        return options;
    }

    /// <summary>Whether an address that a command names is Slack's: answers go nowhere else.</summary>
    public bool Owns(Uri address) =>
        address.Scheme == Url.Scheme
        && address.Port == Url.Port
        && (address.Host.Equals(Url.Host, StringComparison.OrdinalIgnoreCase)
            || address.Host.EndsWith($".{Url.Host}", StringComparison.OrdinalIgnoreCase));
}

/// <summary>What is wrong with the settings of the Slack App.</summary>
internal static class SlackOptionsFaults
{
    private static readonly string[] AppKeys = ["ClientId", "ClientSecret", "SigningSecret"];

    /// <summary>Whether anything of an App is set. Nothing at all is a state of its own, not a fault: Slack is off.</summary>
    public static bool IsAnythingSet(IConfiguration configuration)
    {
        var section = configuration.GetSection(SlackOptions.Section);
        return AppKeys.Any(key => TwoAtATime.IsSet(section, key));
    }

    /// <summary>Every fault as a sentence that says how to mend it; none if Slack is off or can be used.</summary>
    public static IEnumerable<string> In(IConfiguration configuration)
    {
        var section = configuration.GetSection(SlackOptions.Section);
        if (section["Url"] is { } text && FaultOfUrl(text) is { } fault)
        {
            yield return fault;
        }

        if (!IsAnythingSet(configuration))
        {
            yield break;
        }

        if (TwoAtATime.Fault(section, "SigningSecret") is { } many)
        {
            yield return many;
        }

        foreach (var key in AppKeys.Where(key => !TwoAtATime.IsSet(section, key)))
        {
            yield return $"Slack:{key} is missing: it is under Basic Information of your Slack app. (Without any of {string.Join(", ", AppKeys.Select(name => $"Slack:{name}"))}, Slack is off.)";
        }
    }

    private static string? FaultOfUrl(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
        {
            return $"Slack:Url is '{text}': write Slack's root, https://slack.com, or leave it out.";
        }

        if (url.Scheme == "http" && !url.IsLoopback)
        {
            return $"Slack:Url is '{text}': secrets would travel unencrypted, write https.";
        }

        return url.PathAndQuery != "/" || url.Fragment.Length > 0 || url.UserInfo.Length > 0
            ? "Slack:Url has more than scheme and host: write the root alone, such as https://slack.com."
            : null;
    }
}
