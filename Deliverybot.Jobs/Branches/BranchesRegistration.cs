using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.Branches;

internal static class BranchesRegistration
{
    public static IServiceCollection AddBranches(this IServiceCollection services) => services
        .AddScoped<RefHeads>()
        .AddScoped<ToldRules>();
}
