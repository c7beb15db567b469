using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace Deliverybot.Jobs.GitHub.Transport;

/// <summary>What is wrong with the settings of the GitHub App. Read from the raw text, so that a malformed number is one fault among the others.</summary>
internal static class GitHubOptionsFaults
{
    private static readonly string[] AppKeys =
        ["AppId", "AppSlug", "PrivateKey", "PrivateKeyPath", "WebhookSecret", "ClientId", "ClientSecret"];

    private static readonly string[] Pairs = ["PrivateKey", "PrivateKeyPath", "WebhookSecret"];

    private static readonly string[] RequiredKeys = ["AppSlug", "WebhookSecret", "ClientId", "ClientSecret"];

    /// <summary>Whether anything of an App is set. Nothing at all is a state of its own, not a fault.</summary>
    public static bool IsAnythingSet(IConfiguration configuration)
    {
        var section = configuration.GetSection(GitHubOptions.Section);
        return AppKeys.Any(key => TwoAtATime.IsSet(section, key));
    }

    /// <summary>Every fault as a sentence that says how to mend it; none if the App can be used or isn't configured at all.</summary>
    public static IReadOnlyList<string> In(IConfiguration configuration)
    {
        var section = configuration.GetSection(GitHubOptions.Section);
        var faults = new List<string>();
        if (OfUrl(section["Url"]) is { } fault)
        {
            faults.Add(fault);
        }

        if (!IsAnythingSet(configuration))
        {
            return faults;
        }

        AddAppIdFault(section["AppId"], faults);
        faults.AddRange(RequiredKeys
            .Where(key => !TwoAtATime.IsSet(section, key))
            .Select(key => $"GitHub:{key} is missing: it is on the settings page of your GitHub App."));
        faults.AddRange(Pairs.Select(key => TwoAtATime.Fault(section, key)).OfType<string>());
        AddKeyFaults(section, faults);
        return faults;
    }

    /// <summary>What is wrong with the root of a GitHub; null where nothing is, and where it is left out.</summary>
    public static string? OfUrl(string? text) => text switch
    {
        null => null,
        _ when !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") =>
            $"GitHub:Url is '{text}': write the root of your GitHub, such as https://github.com.",
        _ when new Uri(text) is { Scheme: "http", IsLoopback: false } => $"GitHub:Url is '{text}': tokens would travel unencrypted, write https.",
        _ when new Uri(text) is var url && (url.Query.Length > 0 || url.Fragment.Length > 0 || url.UserInfo.Length > 0) =>
            $"GitHub:Url is '{url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)}' and more: write the root alone, without a name, a query or a fragment.",
        _ => null,
    };

    private static void AddAppIdFault(string? text, List<string> faults)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            faults.Add("GitHub:AppId is missing: it is the number at the top of the settings page of your GitHub App.");
        }
        else if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id == 0)
        {
            faults.Add($"GitHub:AppId is '{text}': write the App's number, digits only.");
        }
    }

    private static void AddKeyFaults(IConfiguration section, List<string> faults)
    {
        var (keys, paths) = (TwoAtATime.Of(section, "PrivateKey"), TwoAtATime.Of(section, "PrivateKeyPath"));
        if (keys.Count + paths.Count == 0)
        {
            faults.Add("GitHub:PrivateKey is missing: generate a private key for your GitHub App, and set GitHub:PrivateKeyPath to its .pem file or GitHub:PrivateKey to what is in it.");
        }
        else if (keys.Count > 0 && paths.Count > 0)
        {
            faults.Add("GitHub:PrivateKey and GitHub:PrivateKeyPath are both set: keep one of them.");
        }
        else
        {
            faults.AddRange(Enumerable.Range(0, TwoAtATime.Most)
                .Select(place => Fault(TwoAtATime.At(section, "PrivateKey", place), TwoAtATime.At(section, "PrivateKeyPath", place), place == 0 ? "" : ":1"))
                .OfType<string>());
        }
    }

    /// <param name="pem">What is in the file; null where that isn't set.</param>
    /// <param name="path">Of the file; null where that isn't set.</param>
    /// <param name="place">What follows the setting's name.</param>
    private static string? Fault(string? pem, string? path, string place)
    {
        try
        {
            if ((pem is null ? path is null ? null : File.ReadAllText(path) : GitHubOptions.WithLineEnds(pem)) is { } text)
            {
                using var key = RSA.Create();
                key.ImportFromPem(text);
            }

            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"GitHub:PrivateKeyPath{place} is '{path}', which can't be read ({e.Message}): correct the path, or let this process read the file.";
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            var setting = pem is null ? "GitHub:PrivateKeyPath" : "GitHub:PrivateKey";
            return $"{setting}{place} holds no RSA private key in PEM form (PKCS#1 or PKCS#8, not encrypted): use the .pem file that GitHub gave you, unchanged.";
        }
    }
}
