using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.Core.Branches;

internal static class BranchesRegistration
{
    public static IServiceCollection AddBranches(this IServiceCollection services) => services .AddScoped<RefHeads>();
}
