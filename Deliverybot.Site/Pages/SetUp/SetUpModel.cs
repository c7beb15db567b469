using Deliverybot.Jobs.Events;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Deliverybot.Site.Pages.SetUp;

/// <summary>What a site shows that has no GitHub App: names of settings, never their values.</summary>
[AllowAnonymous]
internal sealed class SetUpModel(IConfiguration configuration) : PageModel
{
    private static readonly (string Key, string Meaning)[] Wanted =
    [
        ("ConnectionStrings:Deliverybot", "The PostgreSQL database."),
        ("Deliverybot:PublicUrl", "The address at which people open this site: https, or http on localhost."),
        ("GitHub:Url", "Your GitHub Enterprise Server; leave it out for github.com."),
        ("GitHub:AppId", "The number at the top of the App's settings page."),
        ("GitHub:AppSlug", "The last part of the App's public address."),
        ("GitHub:PrivateKeyPath", "The .pem file that GitHub generates for the App (or GitHub:PrivateKey: what is in it)."),
        ("GitHub:WebhookSecret", "The secret that you typed into the App's webhook settings."),
        ("GitHub:ClientId", "The App's client ID."),
        ("GitHub:ClientSecret", "A client secret that you generate for the App."),
        ("Deliverybot:KeyCertificatePath", "In Production: a PFX file that wraps the keys of the session cookies."),
    ];

    public IEnumerable<SettingView> Settings =>
        Wanted.Select(wanted => new SettingView(wanted.Key, wanted.Meaning, !string.IsNullOrWhiteSpace(configuration[wanted.Key])));

    /// <summary>What the App has to subscribe to, as GitHub's form says it.</summary>
    public static string Events { get; } = Spoken(string.Join(", ", Routes.Subscribed));

    /// <summary>A site that has its App has nothing to tell here.</summary>
    public IActionResult OnGet() => GitHubOptionsFaults.IsAnythingSet(configuration) ? NotFound() : Page();

    public string PublicUrl => configuration["Deliverybot:PublicUrl"]?.TrimEnd('/') is { Length: > 0 } url ? url : "https://your-site";

    private static string Spoken(string names) => char.ToUpperInvariant(names[0]) + names[1..].Replace('_', ' ');
}

internal sealed record SettingView(string Key, string Meaning, bool IsSet);
