using System.Security.Cryptography;
using System.Text.Json;
using Deliverybot.Data;
using Deliverybot.Data.SetUp;
using Deliverybot.Jobs.GitHub.Access;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Site.SetUp;

/// <summary>The App that was registered in the browser, as the database keeps it: its secrets encrypted with the data-protection keys.</summary>
internal sealed class StoredApps(DeliverybotContext db, IDataProtectionProvider protection, TimeProvider time)
{
    private const string Purpose = "Deliverybot.RegisteredApp";

    private IPersistedDataProtector Protector => (IPersistedDataProtector)protection.CreateProtector(Purpose);

    /// <exception cref="CryptographicException">The keys that encrypted it are gone, or can't be opened with this certificate.</exception>
    public async Task<(AppKeys Keys, Uri GitHub)?> FindAsync(CancellationToken cancellationToken) =>
        await db.RegisteredApps.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is { } app
            ? (new AppKeys(app.AppId, app.Slug, app.ClientId, Open(app.Secrets)), new Uri(app.Url))
            : null;

    public Task<bool> AnyAsync(CancellationToken cancellationToken) => db.RegisteredApps.AnyAsync(cancellationToken);

    /// <returns>False if one was registered meanwhile: that one stays.</returns>
    public async Task<bool> TryAddAsync(AppKeys keys, Uri gitHub, CancellationToken cancellationToken)
    {
        var (url, secrets, now) = (gitHub.OriginalString, Close(keys.Secrets), time.GetUtcNow());
        return await db.Database.ExecuteSqlAsync(
            $"""
             insert into registered_app (id, app_id, slug, url, client_id, secrets, registered_at)
             values ({RegisteredApp.Only}, {keys.Id}, {keys.Slug}, {url}, {keys.ClientId}, {secrets}, {now})
             on conflict (id) do nothing
             """,
            cancellationToken) == 1;
    }

    /// <returns>As they lie in the database, to see whether they have changed; null if there is no App.</returns>
    public Task<string?> SealedAsync(CancellationToken cancellationToken) =>
        db.RegisteredApps.Select(app => app.Secrets).SingleOrDefaultAsync(cancellationToken);

    /// <param name="change">From what is there to what is to be there.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What is there now; null if somebody else has changed them meanwhile: then nothing is done.</returns>
    public async Task<AppSecrets?> TryChangeAsync(Func<AppSecrets, AppSecrets> change, CancellationToken cancellationToken)
    {
        if (await SealedAsync(cancellationToken) is not { } before)
        {
            return null;
        }

        var changed = change(Open(before));
        var after = Close(changed);
        return await db.RegisteredApps.Where(app => app.Secrets == before)
            .ExecuteUpdateAsync(row => row.SetProperty(app => app.Secrets, after), cancellationToken) == 1
                ? changed
                : null;
    }

    /// <summary>Encrypts it with the newest key, since the earlier ones are no longer trusted.</summary>
    public async Task EncryptAnewAsync(CancellationToken cancellationToken)
    {
        if (await db.RegisteredApps.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is { } app)
        {
            var secrets = Close(Open(app.Secrets));
            await db.RegisteredApps.ExecuteUpdateAsync(row => row.SetProperty(each => each.Secrets, secrets), cancellationToken);
        }
    }

    private string Close(AppSecrets secrets) =>
        Convert.ToBase64String(Protector.Protect(JsonSerializer.SerializeToUtf8Bytes(secrets, AppSecretsJson.Default.AppSecrets)));

    /// <summary>Also what a revoked key encrypted: cut off between revoking and encrypting anew, the App would be lost.</summary>
    private AppSecrets Open(string secrets) => JsonSerializer.Deserialize(
        Protector.DangerousUnprotect(Convert.FromBase64String(secrets), ignoreRevocationErrors: true, out _, out _),
        AppSecretsJson.Default.AppSecrets)!;
}
