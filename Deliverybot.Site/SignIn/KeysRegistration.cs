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
        }

        return services;
    }
}
