using Deliverybot.Data;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Events;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Site.Addresses;
using Deliverybot.Site.Pages.Shared;
using Deliverybot.Site.Rights;
using Deliverybot.Site.Settings;
using Deliverybot.Site.SetUp;
using Deliverybot.Site.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Site.Pages.SetUp;

/// <summary>
/// The way from nothing to the first deployment: without an App, whoever has the code from the log registers one; with one, what comes
/// next. Names of settings, never their values.
/// </summary>
[AllowAnonymous]
internal sealed class SetUpModel(SetUpState state, IConfiguration configuration) : PageModel
{
    private static readonly (string Key, string Meaning)[] Wanted =
    [
        ("ConnectionStrings:Deliverybot", "The PostgreSQL database."),
        ("Deliverybot:PublicUrl", "The address at which people open this site: https, or http on localhost."),
        ("Deliverybot:KeyCertificatePath", "In Production: a PFX file that wraps the keys of the session cookies."),
    ];

    private static readonly (string Key, string Meaning)[] OfTheApp =
    [
        ("GitHub:Url", "Your GitHub Enterprise Server; leave it out for github.com."),
        ("GitHub:AppId", "The number at the top of the App's settings page."),
        ("GitHub:AppSlug", "The last part of the App's public address."),
        ("GitHub:PrivateKeyPath", "The .pem file that GitHub generates for the App (or GitHub:PrivateKey: what is in it)."),
        ("GitHub:WebhookSecret", "The secret that you typed into the App's webhook settings."),
        ("GitHub:ClientId", "The App's client ID."),
        ("GitHub:ClientSecret", "A client secret that you generate for the App."),
    ];

    public const int MostRepositories = 10;

    /// <summary>What the App has to subscribe to, as GitHub's form says it.</summary>
    public static string Events { get; } = Spoken(string.Join(", ", Routes.Subscribed));

    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public RegistrationForm Form { get; set; } = new();

    /// <summary>GitHub sends the browser here from where the App is installed, often before its webhook has come.</summary>
    [BindProperty(SupportsGet = true, Name = "setup_action")]
    public string? Installed { get; set; }

    public SetUpStep Step { get; private set; }

    /// <summary>What was wrong with what was typed.</summary>
    public string? Fault { get; private set; }

    public SetUpState State => state;

    /// <summary>Where GitHub takes the manifest; null until it is known what is to be registered.</summary>
    public string? Target { get; private set; }

    public string? Manifest { get; private set; }

    public IEnumerable<SettingView> Settings => Views(Wanted);

    public IEnumerable<SettingView> AppSettings => Views(OfTheApp);

    public string PublicUrl => configuration["Deliverybot:PublicUrl"]?.TrimEnd('/') is { Length: > 0 } url ? url : "https://your-site";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!state.IsOn)
        {
            return await NextAsync(cancellationToken);
        }

        Step = await StepAsync(cancellationToken);
        Form.GitHub = GitHubUrl;
        if (Step == SetUpStep.Starting)
        {
            // Should its script not have come before the site ended, the page goes on by this.
            Response.Headers["Refresh"] = "20";
        }

        return Page();
    }

    /// <summary>The code from the log.</summary>
    public async Task<IActionResult> OnPostUnlockAsync(CancellationToken cancellationToken)
    {
        if (await StepAsync(cancellationToken) != SetUpStep.Locked)
        {
            return Redirect(Address.SetUp);
        }

        if (await Of<SetUpCodes>().TryAsync(Code ?? string.Empty, cancellationToken))
        {
            Of<SetUpSession>().Begin(HttpContext);
            return Redirect(Address.SetUp);
        }

        Step = SetUpStep.Locked;
        Fault = "That isn't the code, or it isn't good any more. After five tries, or 15 minutes, the log has a new one.";
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Page();
    }

    /// <summary>What is to be registered: the answer leads on to GitHub.</summary>
    public async Task<IActionResult> OnPostRegisterAsync(CancellationToken cancellationToken)
    {
        Step = await StepAsync(cancellationToken);
        if (Step != SetUpStep.Unlocked || Of<SetUpSession>().Find(HttpContext) is not { } browser)
        {
            return Redirect(Address.SetUp);
        }

        Fault = Form.Fault();
        if (Fault is not null)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        var state = Of<Registrations>().Seal(new Registration(browser, Form.Root(), Form.ShowOnly));
        Target = AppManifest.Target(Form.Root(), Form.Account, state);
        Manifest = AppManifest.Of(Form.Called, Of<SiteSettings>().PublicUrl);
        Step = SetUpStep.Leaving;
        return Page();
    }

    private string GitHubUrl => configuration["GitHub:Url"] is { Length: > 0 } url ? url : RegistrationForm.UsualGitHub;

    private async Task<SetUpStep> StepAsync(CancellationToken cancellationToken) =>
        !state.IsOn ? SetUpStep.Registered
        : state.Faults.Count > 0 || state.Fault is not null ? SetUpStep.Settings
        : await Of<StoredApps>().AnyAsync(cancellationToken) ? SetUpStep.Starting
        : Of<SetUpSession>().Find(HttpContext) is null ? SetUpStep.Locked
        : SetUpStep.Unlocked;

    /// <summary>With an App: nothing that isn't known to everybody.</summary>
    private async Task<IActionResult> NextAsync(CancellationToken cancellationToken)
    {
        Step = SetUpStep.Registered;
        IsInstalled = Installed == "install" || await Of<DeliverybotContext>().Installations.AnyAsync(cancellationToken);
        InstallUrl = Of<GitHubLinks>().Install(configuration["GitHub:AppSlug"]);
        Of<SetUpSession>().End(HttpContext);
        IsSignedIn = UserSession.TryOf(HttpContext) is not null;
        Repositories = IsSignedIn ? await ReachedAsync(cancellationToken) : null;
        return Page();
    }

    /// <summary>Of those whom nobody knows here, nothing is asked; whoever is signed in sees what GitHub lists to them.</summary>
    private async Task<IReadOnlyList<RepositoryName>?> ReachedAsync(CancellationToken cancellationToken)
    {
        try
        {
            var accounts = await Of<ReachedRepositories>().LookAsync(only: null, cancellationToken);
            return Of<GitHubSilence>().IsMet ? null :
            [
                .. accounts.SelectMany(account => account.Repositories)
                    .Where(repository => repository.Permission >= RepositoryPermission.Write && !repository.Archived)
                    .Select(repository => repository.Name)
                    .OrderBy(name => name.ToString(), StringComparer.OrdinalIgnoreCase),
            ];
        }
        catch (Exception exception) when (exception is RetryLaterException or GitHubRefusedException or UserTokenEndedException)
        {
            // The home page, to which this leads then, says what is wrong.
            return null;
        }
    }

    public bool IsInstalled { get; private set; }

    public bool IsSignedIn { get; private set; }

    /// <summary>Those that the person may deploy from; null where nobody is signed in, or GitHub doesn't say.</summary>
    public IReadOnlyList<RepositoryName>? Repositories { get; private set; }

    public string InstallUrl { get; private set; } = string.Empty;

    // Not by the constructor: without a database there is nothing of it.
    private T Of<T>()
        where T : notnull => HttpContext.RequestServices.GetRequiredService<T>();

    private IEnumerable<SettingView> Views((string Key, string Meaning)[] settings) =>
        settings.Select(wanted => new SettingView(wanted.Key, wanted.Meaning, TwoAtATime.IsSet(configuration, wanted.Key)));

    private static string Spoken(string names) => char.ToUpperInvariant(names[0]) + names[1..].Replace('_', ' ');
}

internal enum SetUpStep
{
    /// <summary>Settings are missing or wrong, or the database doesn't answer.</summary>
    Settings,

    /// <summary>Nobody in this browser has given the code.</summary>
    Locked,

    /// <summary>The App can be registered.</summary>
    Unlocked,

    /// <summary>All is ready to go on to GitHub.</summary>
    Leaving,

    /// <summary>An App is there; the site begins anew with it.</summary>
    Starting,

    /// <summary>The site works with its App.</summary>
    Registered,
}

internal sealed record SettingView(string Key, string Meaning, bool IsSet);
