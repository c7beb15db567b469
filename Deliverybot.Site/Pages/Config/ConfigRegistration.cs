namespace Deliverybot.Site.Pages.Config;

internal static class ConfigRegistration
{
    public static IServiceCollection AddConfigPage(this IServiceCollection services) =>
        services.AddScoped<ConfigReader>().AddScoped<TryReader>();
}
