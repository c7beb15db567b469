using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Site.Addresses;
using Deliverybot.Site.SetUp;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Npgsql;

namespace Deliverybot.Site.Pages.SetUp;

/// <summary>Where GitHub sends the browser back to when the App is registered there.</summary>
[AllowAnonymous]
internal sealed class RegisteredModel(SetUpState state) : PageModel
{
    /// <summary>Why there is no App here yet; null where there is one.</summary>
    public string? Fault { get; private set; }

    /// <summary>The App's settings as environment variables; null where they are stored.</summary>
    public string? Variables { get; private set; }

    /// <summary>Why they are shown though they were to be stored.</summary>
    public string? NotStored { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? code, [FromQuery(Name = "state")] string? sealedState, CancellationToken cancellationToken)
    {
        if (!state.IsOn || state.Faults.Count > 0 || Of<SetUpSession>().Find(HttpContext) is not { } browser)
        {
            return Redirect(Address.SetUp);
        }

        if (Of<Registrations>().Open(sealedState, browser) is not { } registration)
        {
            return Refused("This isn't the way that this browser has taken to GitHub, or it is more than an hour ago.");
        }

        if (string.IsNullOrEmpty(code))
        {
            return Refused("GitHub has sent no code along.");
        }

        try
        {
            // Whoever closes the page now must not lose the keys: GitHub gives them once.
            await TakeAsync(registration, await Of<ManifestConversion>().ConvertAsync(registration.GitHub, code, CancellationToken.None));
        }
        catch (ManifestConversionException exception)
        {
            return Refused(exception.Message);
        }

        return Fault is null && Variables is null ? Redirect(Address.SetUp) : Page();
    }

    private async Task TakeAsync(Registration registration, AppKeys keys)
    {
        if (registration.ShowOnly)
        {
            Variables = Written(keys, registration.GitHub);
            return;
        }

        try
        {
            if (!await Of<StoredApps>().TryAddAsync(keys, registration.GitHub, CancellationToken.None))
            {
                Fault = $"Another App was registered here meanwhile, and stays. Delete '{keys.Slug}' at GitHub: nobody uses it.";
            }
        }
        catch (NpgsqlException exception)
        {
            NotStored = exception.Message;
            Variables = Written(keys, registration.GitHub);
        }
    }

    /// <summary>Lines that a shell and an env file read alike: line ends of the key as <c>\n</c>.</summary>
    private static string Written(AppKeys keys, Uri gitHub) => string.Join('\n', keys.Settings(gitHub).Select(setting =>
        $"{setting.Key.Replace(":", "__", StringComparison.Ordinal)}='{setting.Value!.ReplaceLineEndings("\n").Trim().Replace("\n", "\\n", StringComparison.Ordinal)}'"));

    private PageResult Refused(string fault)
    {
        Fault = fault;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private T Of<T>()
        where T : notnull => HttpContext.RequestServices.GetRequiredService<T>();
}
