using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Site.Rights;
using Deliverybot.Site.SelfTest;
using Deliverybot.Site.SetUp;
using Deliverybot.Site.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Deliverybot.Site.Pages.SetUp;

/// <summary>Where the secrets of an App that was registered in the browser are changed. For operators; for others there is no such page.</summary>
internal sealed class SecretsModel(OperatorAuthorization operators, UserSession session, AskedApp asked, IServiceProvider services) : PageModel
{
    /// <summary>Whether they are in the database; else they are settings, and are changed there.</summary>
    public bool IsStored => Change is not null;

    public bool IsWebhookChanging { get; private set; }

    public bool IsKeyChanging { get; private set; }

    /// <summary>The new webhook secret, in the one answer that shows it.</summary>
    public string? Shown { get; private set; }

    /// <summary>What was done.</summary>
    public string? Done { get; private set; }

    public string? Fault { get; private set; }

    /// <summary>GitHub's page of the App; null where GitHub doesn't say now.</summary>
    public Uri? AppPage { get; private set; }

    public static int SecondsToKnow => (int)(2 * SecretsWatch.Pause.TotalSeconds);

    // Not by the constructor: there is none where the App comes from settings.
    private SecretsChange? Change => services.GetService<SecretsChange>();

    private string Who => session.Login.ToString();

    public Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        ShowAsync(_ => Task.CompletedTask, cancellationToken);

    public Task<IActionResult> OnPostAddWebhookAsync(CancellationToken cancellationToken) => ShowAsync(
        async change =>
        {
            Shown = await change.AddWebhookSecretAsync(Who, cancellationToken);
            Fault = Shown is null ? SecretsChange.Meanwhile : null;
        },
        cancellationToken);

    public Task<IActionResult> OnPostSettleWebhookAsync(bool keepNew, CancellationToken cancellationToken) =>
        SettleAsync("webhook secret", keepNew, change => change.SettleWebhookSecretAsync(Who, keepNew, cancellationToken), cancellationToken);

    public Task<IActionResult> OnPostAddKeyAsync(string? pem, CancellationToken cancellationToken) => ShowAsync(
        async change =>
        {
            try
            {
                Fault = await change.AddKeyAsync(Who, (pem ?? "").Trim(), cancellationToken);
                Done = Fault is null ? "GitHub takes the new key. Both are good now." : null;
            }
            catch (Exception exception) when (exception is RetryLaterException or GitHubRefusedException)
            {
                Fault = $"GitHub doesn't say now whether it takes that key: {exception.Message}";
            }
        },
        cancellationToken);

    public Task<IActionResult> OnPostSettleKeyAsync(bool keepNew, CancellationToken cancellationToken) =>
        SettleAsync("private key", keepNew, change => change.SettleKeyAsync(Who, keepNew, cancellationToken), cancellationToken);

    public Task<IActionResult> OnPostClientAsync(string? secret, CancellationToken cancellationToken) => ShowAsync(
        async change =>
        {
            if (string.IsNullOrWhiteSpace(secret))
            {
                Fault = "Paste the client secret that GitHub has shown.";
            }
            else
            {
                Tell(await change.ChangeClientSecretAsync(Who, secret.Trim(), cancellationToken), "The new client secret is used now.");
            }
        },
        cancellationToken);

    private Task<IActionResult> SettleAsync(string secret, bool keepNew, Func<SecretsChange, Task<bool>> settle, CancellationToken cancellationToken) => ShowAsync(
        async change => Tell(await settle(change), $"The {(keepNew ? "new" : "old")} {secret} alone is good now."), cancellationToken);

    private void Tell(bool isDone, string what) => (Done, Fault) = isDone ? (what, (string?)null) : (null, SecretsChange.Meanwhile);

    private async Task<IActionResult> ShowAsync(Func<SecretsChange, Task> act, CancellationToken cancellationToken)
    {
        if (!await operators.IsOperatorAsync(cancellationToken))
        {
            return NotFound();
        }

        if (Change is { } change)
        {
            await act(change);
            var secrets = await change.FindAsync(cancellationToken);
            (IsWebhookChanging, IsKeyChanging) = (secrets?.NextWebhookSecret is not null, secrets?.NextPrivateKey is not null);
            Response.StatusCode = Fault is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;
        }

        AppPage = await PageAsync(cancellationToken);
        return Page();
    }

    private async Task<Uri?> PageAsync(CancellationToken cancellationToken)
    {
        try
        {
            return asked.PageOf(await asked.GetAsync(cancellationToken));
        }
        catch (Exception exception) when (exception is RetryLaterException or GitHubRefusedException)
        {
            return null;
        }
    }
}
