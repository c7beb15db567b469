using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;

namespace Deliverybot.Site.SetUp;

/// <summary>What a person wants to register: where, and what becomes of the App's secrets. It goes to GitHub and back, sealed, as <c>state</c>.</summary>
/// <param name="Browser">That has given the code: nobody else may bring it back.</param>
/// <param name="GitHub">The root of the GitHub.</param>
/// <param name="ShowOnly">The secrets are shown once, and not stored.</param>
internal sealed record Registration(string Browser, Uri GitHub, bool ShowOnly);

[JsonSerializable(typeof(Registration))]
internal sealed partial class RegistrationJson : JsonSerializerContext;

/// <summary>Seals what goes to GitHub and back.</summary>
internal sealed class Registrations(IDataProtectionProvider protection)
{
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("Deliverybot.Registration").ToTimeLimitedDataProtector();

    public string Seal(Registration registration) =>
        _protector.Protect(JsonSerializer.Serialize(registration, RegistrationJson.Default.Registration), SetUpSession.Lasts);

    /// <returns>Null if it isn't what this browser has taken along, or an hour has passed.</returns>
    public Registration? Open(string? state, string browser) =>
        state is not null && SetUpSession.Open(_protector, state) is { } text
        && JsonSerializer.Deserialize(text, RegistrationJson.Default.Registration) is { } registration && registration.Browser == browser
            ? registration
            : null;
}
