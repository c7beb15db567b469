using Deliverybot.Jobs;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Site.Database;
using Deliverybot.Site.Settings;
using Deliverybot.Site.SignIn;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Deliverybot.Site.SetUp;

internal static class SetUpRegistration
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>What every site has, one without settings, too.</summary>
    public static IServiceCollection AddSetUp(this IServiceCollection services, SetUpState state) => services.AddSingleton(state).AddSingleton<SiteRenewal>();

    /// <summary>What every site has that has a database: one that knows an App can be told of another one.</summary>
    public static IServiceCollection AddStoredApps(this IServiceCollection services)
    {
        services.AddSingleton<SetUpSession>();
        services.AddSingleton<Registrations>();
        services.AddSingleton<ManifestConversion>();
        services.AddScoped<StoredApps>();
        services.AddScoped<SetUpCodes>();
        services.AddHttpClient(ManifestConversion.HttpName, http => http.Timeout = Patience)
            // The address has a code in it that is good for the App's keys.
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        return services;
    }

    /// <summary>What a site needs whose App comes from the database: its secrets may change there.</summary>
    public static IServiceCollection AddChangingSecrets(this IServiceCollection services)
    {
        services.AddSingleton<SecretsWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<SecretsWatch>());
        return services.AddScoped<SecretsChange>();
    }

    /// <summary>What a site without an App needs beside it to get one in the browser.</summary>
    public static IServiceCollection AddRegistering(this IServiceCollection services, SiteSettings settings, string connectionString)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        services.AddDatabase(connectionString);
        services.AddKeys(settings);
        services.AddSingleton<DatabaseMigration>();
        if (settings.MigrateOnStart)
        {
            services.AddHostedService<MigrationOnStart>();
        }

        services.AddHostedService<SetUpWatch>();
        return services.AddStoredApps();
    }
}
