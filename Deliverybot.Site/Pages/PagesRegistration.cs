using Deliverybot.Site.Pages.Shared.Icons;

namespace Deliverybot.Site.Pages;

internal static class PagesRegistration
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddSingleton<IconFiles>();
        services.Configure<RouteOptions>(options =>
        {
            options.ConstraintMap[OwnerConstraint.Name] = typeof(OwnerConstraint);
            options.ConstraintMap[RepositoryConstraint.Name] = typeof(RepositoryConstraint);
            options.LowercaseUrls = false;
        });
        services.AddRazorPages(options => options.Conventions.AuthorizeFolder("/"));
        return services;
    }
}
