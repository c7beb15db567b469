using System.Security.Cryptography;
using Deliverybot.Jobs;
using Deliverybot.Site.Settings;
using Deliverybot.Site.SignIn;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace Deliverybot.Site.SetUp;

/// <summary>Settings of an App that was registered in the browser; empty where there is none, or other settings go before it.</summary>
internal sealed class RegisteredAppSource : MemoryConfigurationSource
{
    /// <summary>Whether this process has its App from the database, and not from settings.</summary>
    public static bool IsIn(IConfigurationBuilder configuration) =>
        configuration.Sources.OfType<RegisteredAppSource>().Any(source => source.InitialData is not null);
}

/// <summary>The App that was registered in the browser, as settings.</summary>
internal static class RegisteredAppSettings
{
    /// <exception cref="SettingsException">It can't be opened.</exception>
    public static async Task<RegisteredAppSource> ReadAsync(SiteSettings settings, string connectionString, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddDatabase(connectionString);
        services.AddKeys(settings);
        services.AddScoped<StoredApps>();
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        try
        {
            return await scope.ServiceProvider.GetRequiredService<StoredApps>().FindAsync(cancellationToken) is var (keys, gitHub)
                ? new RegisteredAppSource { InitialData = keys.Settings(gitHub) }
                : new RegisteredAppSource();
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            // The start brings the database up to date.
            return new RegisteredAppSource();
        }
        catch (CryptographicException exception)
        {
            throw new SettingsException(
                [$"The GitHub App that was registered in the browser can't be opened ({exception.Message}): set Deliverybot:KeyCertificatePath to the certificate that its keys were wrapped with, or set GitHub:AppId and what else the App needs yourself."]);
        }
    }
}
