using Deliverybot.Site.Addresses;
using Deliverybot.Site.Pages.Activity;
using Deliverybot.Site.Pages.Acts;
using Deliverybot.Site.Pages.Branch;
using Deliverybot.Site.Pages.Commit;
using Deliverybot.Site.Pages.Config;
using Deliverybot.Site.Pages.Deployments;
using Deliverybot.Site.Pages.Difference;
using Deliverybot.Site.Pages.Environments;
using Deliverybot.Site.Pages.Metrics;
using Deliverybot.Site.Pages.Repositories;
using Deliverybot.Site.Pages.Shared;
using Deliverybot.Site.Pages.Shared.Icons;
using Deliverybot.Site.SignIn;
using Deliverybot.Site.Web;

namespace Deliverybot.Site.Pages;

internal static class PagesRegistration
{
    /// <summary>Razor Pages, without what they show: enough for the set-up page.</summary>
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddSingleton<IconFiles>();
        services.Configure<RouteOptions>(options =>
        {
            options.ConstraintMap[OwnerConstraint.Name] = typeof(OwnerConstraint);
            options.ConstraintMap[RepositoryConstraint.Name] = typeof(RepositoryConstraint);
        });
        services.AddRazorPages(options =>
        {
            options.Conventions.AuthorizeFolder("/");
            options.Conventions.ConfigureFilter(new FormFilter());
            options.Conventions.AddActs();
            options.Conventions.AddPageRoute("/Branch/Branch", Address.RepositoryRoute);
        });
        return services;
    }

    public static IServiceCollection AddPageReaders(this IServiceCollection services)
    {
        services.AddSingleton<GitHubLinks>();
        services.AddScoped<RepositoriesReader>();
        services.AddSingleton<RecentRepositories>();
        services.AddScoped<BranchReader>();
        services.AddScoped<PlacementsReader>();
        services.AddScoped<DeployFormReader>();
        services.AddScoped<TargetLinesReader>();
        services.AddScoped<NextSteps>();
        services.AddScoped<KeptEnvironments>();
        services.AddScoped<DeploymentsReader>();
        services.AddScoped<ReleaseReader>();
        services.AddScoped<LetGoOn>();
        services.AddScoped<WaitingEvents>();
        services.AddScoped<CommitReader>();
        services.AddScoped<ActivityReader>();
        services.AddActs();
        services.AddScoped<ConfigReader>();
        services.AddScoped<StarterReader>();
        services.AddScoped<TryReader>();
        services.AddScoped<BoardReader>();
        services.AddScoped<MetricsReader>();
        services.AddScoped<DifferenceReader>();
        return services;
    }
}
