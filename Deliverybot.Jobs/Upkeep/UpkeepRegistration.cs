using Microsoft.Extensions.DependencyInjection;

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
