using Deliverybot.Jobs.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.Upkeep;

internal static class UpkeepRegistration
{
    /// <summary>Where somebody looks at metrics.</summary>
    public static IServiceCollection AddBacklogMetrics(this IServiceCollection services) => services
        .AddSingleton<BacklogQuery>()
        .AddHostedService<BacklogWatch>();

    public static IServiceCollection AddUpkeep(this IServiceCollection services) => services
        .AddScoped<UpkeepMarks>()
        .AddScoped<LookAgainJob>()
        .AddRecurring<LockEndJob>("upkeep-lock-ends", Cadence.EveryMinute, job => job.RunAsync(CancellationToken.None))
        .AddRecurring<DueLooksJob>("upkeep-due-looks", Cadence.EveryMinute, job => job.RunAsync(CancellationToken.None))
        .AddRecurring<InterruptionJob>("upkeep-interruptions", Cadence.EveryMinute, job => job.RunAsync(CancellationToken.None))
        .AddRecurring<SweepJob>("upkeep-sweep", Cadence.EveryMinute, job => job.RunAsync(CancellationToken.None))
        .AddRecurring<RedeliveryJob>("upkeep-redelivery", Cadence.EveryFiveMinutes, job => job.RunAsync(CancellationToken.None))
        .AddRecurring<UnheardJob>("upkeep-unheard", Cadence.EveryFiveMinutes, job => job.RunAsync(CancellationToken.None))
        .AddRecurring<ExpiryJob>("upkeep-expiry", Cadence.Hourly, job => job.RunAsync(CancellationToken.None))
        .AddRecurring<PendingStatusesJob>("upkeep-pending-statuses", Cadence.Hourly, job => job.RunAsync(CancellationToken.None))
        .AddRecurring<PurgeJob>("upkeep-purge", Cadence.Hourly, job => job.RunAsync(CancellationToken.None))
        .AddRecurring<OldRecordsJob>("upkeep-old-records", Cadence.Daily, job => job.RunAsync(CancellationToken.None))
        .AddRecurring<InstallationsJob>("upkeep-installations", Cadence.Daily, job => job.RunAsync(CancellationToken.None))
        // What the release before this one called so is part of the looks that are due.
        .AddSingleton(new RecurringWork(recurring => recurring.RemoveIfExists("upkeep-queue-slots")));
}
