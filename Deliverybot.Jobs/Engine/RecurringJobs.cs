using System.Linq.Expressions;
using Hangfire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Deliverybot.Jobs.Engine;

/// <summary>Tells Hangfire how often each recurring job runs. Whatever the number of workers, each run takes place once.</summary>
internal sealed class RecurringJobs(IEnumerable<RecurringWork> all, IRecurringJobManagerV2 recurring) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var work in all)
        {
            work.Plan(recurring);
        }

        return Task.CompletedTask;
    }
}

/// <summary>A job that runs again and again, as whoever registers it says.</summary>
internal sealed record RecurringWork(Action<IRecurringJobManagerV2> Plan);

/// <summary>How often: in UTC, and at odd times, so that they don't all begin with the hour.</summary>
internal static class Cadence
{
    public const string EveryMinute = "* * * * *";

    public const string EveryFiveMinutes = "*/5 * * * *";

    public const string Hourly = "17 * * * *";

    public const string Daily = "43 3 * * *";
}

internal static class RecurringJobsRegistration
{
    /// <param name="id">By which Hangfire knows it: it stays.</param>
    /// <param name="cadence">One of <see cref="Cadence"/>.</param>
    public static IServiceCollection AddRecurring<T>(this IServiceCollection services, string id, string cadence, Expression<Func<T, Task>> run)
        where T : class => services
        .AddScoped<T>()
        .AddSingleton(new RecurringWork(recurring => recurring.AddOrUpdate(id, run, cadence)));
}
