using Deliverybot.Jobs.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.Changes;

internal static class ChangesRegistration
{
    /// <summary>Whoever saves a change tells it, a page's process too.</summary>
    public static IServiceCollection AddChanges(this IServiceCollection services) => services
        .AddSingleton<UntoldChanges>()
        .AddSingleton<Telling>()
        .AddHostedService(provider => provider.GetRequiredService<Telling>())
        .AddScoped<Outbox>()
        .AddScoped<TellJob>()
        .AddSingleton<Tidings>()
        .AddRecurring<ChangeSweepJob>("upkeep-untold-changes", Cadence.EveryMinute, job => job.RunAsync(CancellationToken.None));
}
