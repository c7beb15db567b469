using System.Globalization;
using System.Security.Cryptography;
using Deliverybot.Jobs.Engine;
using Deliverybot.Site.Settings;
using Deliverybot.Site.SignIn;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace Deliverybot.Site.SelfTest;

/// <summary>The machine knows languages (ICU) and time zones; small images come without.</summary>
internal sealed class LanguagesCheck : ICheck
{
    private const string Zone = "Europe/Berlin";
    private const int SmallCultures = 2;

    public string Name => "Time zones and languages";

    public Asked Asks => Asked.Process;

    public Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken)
    {
        List<Finding> faults = [];
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out _))
        {
            faults.Add(Finding.Bad($"There is no time zone {Zone} on this machine.", "Install its time zones (the package tzdata)."));
        }

        // Without ICU .NET knows the invariant culture, and at most one beside it.
        if (CultureInfo.GetCultures(CultureTypes.AllCultures).Length <= SmallCultures)
        {
            faults.Add(Finding.Bad("There is no ICU on this machine: names and texts of other languages aren't compared rightly.", "Install it (the package libicu), and don't set DOTNET_SYSTEM_GLOBALIZATION_INVARIANT."));
        }

        return Task.FromResult<IReadOnlyList<Finding>>(faults.Count > 0 ? faults : [Finding.Good("Both are there.")]);
    }
}

/// <summary>The certificate that wraps the data-protection keys opens them, and will for a while.</summary>
internal sealed class KeyCertificateCheck(SiteSettings settings, IKeyManager keys, IServiceProvider services, TimeProvider time) : ICheck
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    private const string Renew = "Make a new one, and set Deliverybot:KeyCertificatePath for all processes, as docs/operating.md says.";

    public string Name => "Key certificate";

    public Asked Asks => Asked.Database;

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken)
    {
        var all = keys.GetAllKeys().Where(key => !key.IsRevoked).ToList();
        var closed = all.Count(key => !Opens(key));
        return
        [
            OfCertificate(),
            .. settings.OtherCertificate is null ? Array.Empty<Finding>() : [await OfOtherAsync(cancellationToken)],
            .. closed == 0
                ? Array.Empty<Finding>()
                : [Finding.Bad(
                    string.Create(CultureInfo.InvariantCulture, $"It doesn't open {closed} of the {all.Count} keys in the database: what they encrypted (sessions, Slack links, an App that was registered in the browser) can't be read."),
                    "Set Deliverybot:KeyCertificatePath to the certificate that they were wrapped with.")],
        ];
    }

    private async Task<Finding> OfOtherAsync(CancellationToken cancellationToken)
    {
        var left = await services.GetRequiredService<WrappedKeys>().CountOthersAsync(cancellationToken);
        return left == 0
            ? Finding.Note("A second one is set, and no key is wrapped with it any more.", "Take Deliverybot:KeyCertificatePath:1 out of the settings of all processes.")
            : Finding.Note(
                string.Create(CultureInfo.InvariantCulture, $"A second one is set, and {left} of the keys are wrapped with it."),
                "While it is the new one, let it be the first in all processes; each start wraps the keys with the first one.");
    }

    private Finding OfCertificate()
    {
        if (settings.KeyCertificate is not { } certificate)
        {
            return Finding.Note("None is set: the keys lie in the database as they are, which is for trying out alone.");
        }

        var end = new DateTimeOffset(certificate.NotAfter);
        var left = end - time.GetUtcNow();
        return left <= TimeSpan.Zero ? Finding.Bad(string.Create(CultureInfo.InvariantCulture, $"It ended on {end.UtcDateTime:yyyy-MM-dd}. What it has wrapped, it still opens."), Renew)
            : left <= Soon ? Finding.Warning(string.Create(CultureInfo.InvariantCulture, $"It ends on {end.UtcDateTime:yyyy-MM-dd}, in {left.TotalDays:0} days."), Renew)
            : Finding.Good(string.Create(CultureInfo.InvariantCulture, $"It is good until {end.UtcDateTime:yyyy-MM-dd}."));
    }

    private static bool Opens(IKey key)
    {
        try
        {
            return key.CreateEncryptor() is not null;
        }
        catch (Exception fault) when (fault is CryptographicException or InvalidOperationException or System.Xml.XmlException)
        {
            return false;
        }
    }
}

/// <summary>Somewhere a worker runs.</summary>
internal sealed class WorkersCheck(DatabasePools pools) : ICheck
{
    public string Name => "Workers";

    public Asked Asks => Asked.Database;

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken)
    {
        var living = await LivingWorkers.ReadAsync(pools, cancellationToken);
        return living.Processes > 0
            ? [Finding.Good(string.Create(CultureInfo.InvariantCulture, $"{living.Workers} are alive, in {living.Processes} {(living.Processes == 1 ? "process" : "processes")}."))]
            : [Finding.Bad(
                living.HeardOf is { } last
                    ? string.Create(CultureInfo.InvariantCulture, $"None has been heard of since {last:u}: nothing is deployed.")
                    : "There is none: nothing is deployed.",
                "Start a process whose Deliverybot:Roles has 'worker'; if one runs, its log says what keeps it.")];
    }
}
