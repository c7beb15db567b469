using Deliverybot.Jobs.Engine;
using Deliverybot.Site.Settings;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Deliverybot.Site.SignIn;

internal static class KeysRegistration
{
    private const string ApplicationName = "Deliverybot";

    /// <summary>The keys that encrypt cookies and Slack links, for every process: web ones write links, workers open them.</summary>
    public static IServiceCollection AddKeys(this IServiceCollection services, SiteSettings settings)
    {
        services.AddDbContext<KeyContext>((provider, options) => options
            .UseNpgsql(provider.GetRequiredService<DatabasePools>().Receiving)
            .UseSnakeCaseNamingConvention());
        var keys = services.AddDataProtection().SetApplicationName(ApplicationName).PersistKeysToDbContext<KeyContext>();
        services.AddSingleton<XmlKeyManager>();
        services.Replace(ServiceDescriptor.Singleton<IKeyManager, FreshKeys>());
        if (settings.KeyCertificate is { } certificate)
        {
            keys.ProtectKeysWithCertificate(certificate);
            services.AddScoped(provider => ActivatorUtilities.CreateInstance<WrappedKeys>(provider, certificate));
            if (settings.OtherCertificate is { } other)
            {
                keys.UnprotectKeysWithAnyCertificate(certificate, other);
            }
        }

        return services;
    }

    /// <summary>While the certificate is changed, each start wraps the keys with the first one, so that the other one can go.</summary>
    public static IServiceCollection AddRewrapping(this IServiceCollection services, SiteSettings settings) =>
        settings is { KeyCertificate: not null, OtherCertificate: not null } ? services.AddHostedService<RewrappingOnStart>() : services;
}
