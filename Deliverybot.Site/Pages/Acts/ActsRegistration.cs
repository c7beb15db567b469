using Deliverybot.Site.Addresses;
using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace Deliverybot.Site.Pages.Acts;

internal static class ActsRegistration
{
    public static void AddActs(this PageConventionCollection pages) => pages.AddPageRouteModelConvention("/Acts/Act", ActRoute.Configure);

    /// <summary>The class of an act is called by its <see cref="ActName"/>.</summary>
    public static IServiceCollection AddActs(this IServiceCollection services)
    {
        foreach (var act in Enum.GetValues<ActName>())
        {
            services.AddKeyedScoped(typeof(IAct), act, typeof(IAct).Assembly.GetType($"{typeof(IAct).Namespace}.{act}Act", throwOnError: true)!);
        }

        return services.AddScoped<Actors>();
    }
}
