namespace Deliverybot.Site.Pages.Environments;

internal static class EnvironmentsRegistration
{
    public static IServiceCollection AddEnvironmentsPage(this IServiceCollection services)
    {
        services.AddScoped<BoardRowsReader>();
        services.AddScoped<BoardReader>();
        return services;
    }
}
