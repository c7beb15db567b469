using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.Locks;

internal static class LocksRegistration
{
    public static IServiceCollection AddLocks(this IServiceCollection services) => services
        .AddScoped<KnownEnvironments>()
        .AddScoped<EnvironmentLocks>()
        .AddScoped<LockEnds>()
        .AddScoped<Holds>()
        .AddScoped<EndLockJob>()
        .AddScoped<ReleaseJob>();
}
