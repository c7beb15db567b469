using System.Linq.Expressions;
using Deliverybot.Jobs.Changes;
using Deliverybot.Jobs.Core;
using Hangfire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Deliverybot.Jobs.Upkeep;

internal static class UpkeepRegistration
{
    public static IServiceCollection AddUpkeep(this IServiceCollection services) => services
        .AddScoped<UpkeepMarks>()
        .AddScoped<RedeliveryJob>()
        .AddScoped<SweepJob>()
        .AddScoped<LookAgainJob>()
        .AddScoped<InterruptionJob>()
        .AddScoped<ExpiryJob>()
        .AddScoped<LockEndJob>()
        .AddScoped<DueLooksJob>()
        .AddScoped<UnheardJob>()
        .AddScoped<PendingStatusesJob>()
        .AddScoped<PurgeJob>()
        .AddScoped<OldRecordsJob>()
        .AddScoped<LostDeliveriesJob>()
        .AddScoped<InstallationsJob>()
        .AddScoped<MissingHistoryJob>();
}

/// <summary>Tells Hangfire how often each job of upkeep runs. Whatever the number of workers, each run takes place once.</summary>
internal sealed class UpkeepSchedule(IRecurringJobManagerV2 recurring) : BackgroundService
{
    private const string EveryMinute = "* * * * *";
    private const string EveryFiveMinutes = "*/5 * * * *";

    // At odd times, so that they don't all begin with the hour.
    private const string Hourly = "17 * * * *";
    private const string Daily = "43 3 * * *";

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Add<LockEndJob>("upkeep-lock-ends", EveryMinute, job => job.RunAsync(CancellationToken.None));
        Add<DueLooksJob>("upkeep-due-looks", EveryMinute, job => job.RunAsync(CancellationToken.None));
        Add<InterruptionJob>("upkeep-interruptions", EveryMinute, job => job.RunAsync(CancellationToken.None));
        Add<ChangeSweepJob>("upkeep-untold-changes", EveryMinute, job => job.RunAsync(CancellationToken.None));
        Add<SweepJob>("upkeep-sweep", EveryMinute, job => job.RunAsync(CancellationToken.None));
        Add<RedeliveryJob>("upkeep-redelivery", EveryFiveMinutes, job => job.RunAsync(CancellationToken.None));
        Add<LostDeliveriesJob>("upkeep-lost-deliveries", EveryFiveMinutes, job => job.RunAsync(CancellationToken.None));
        Add<UnheardJob>("upkeep-unheard", EveryFiveMinutes, job => job.RunAsync(CancellationToken.None));
        Add<ExpiryJob>("upkeep-expiry", Hourly, job => job.RunAsync(CancellationToken.None));
        Add<PendingStatusesJob>("upkeep-pending-statuses", Hourly, job => job.RunAsync(CancellationToken.None));
        Add<PurgeJob>("upkeep-purge", Hourly, job => job.RunAsync(CancellationToken.None));
        Add<MissingHistoryJob>("upkeep-missing-history", Hourly, job => job.RunAsync(CancellationToken.None));
        Add<OldRecordsJob>("upkeep-old-records", Daily, job => job.RunAsync(CancellationToken.None));
        Add<InstallationsJob>("upkeep-installations", Daily, job => job.RunAsync(CancellationToken.None));
        // What the release before this one called so is part of the looks that are due.
        recurring.RemoveIfExists("upkeep-queue-slots");
        return Task.CompletedTask;
    }

    private void Add<T>(string id, string cron, Expression<Func<T, Task>> run) => recurring.AddOrUpdate(id, run, cron);
}

/// <summary>For upkeep that comes by one environment after the other, again and again.</summary>
internal static class UnlessBusy
{
    /// <param name="act">Takes the turn of an environment.</param>
    public static async Task RunAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (TurnTakenException)
        {
            // Much happens there, and the others needn't wait for it: the next run comes by again.
        }
    }
}
