namespace Deliverybot.Site.Rights;

internal static class RightsRegistration
{
    public static IServiceCollection AddRights(this IServiceCollection services)
    {
        services.AddMemoryCache();
        services.AddSingleton<RememberedAccess>();
        services.AddSingleton<RememberedPerson>();
        services.AddScoped<GitHubSilence>();
        services.AddScoped<RepositoryAuthorization>();
        services.AddScoped<ReachedRepositories>();
        services.AddScoped<AppCoverage>();
        services.AddScoped<OperatorAuthorization>();
        return services;
    }
}
