using System.Diagnostics.Metrics;
using System.Text.Json;
using Deliverybot.Jobs.Changes;
using Deliverybot.Jobs.Telemetry;
using Hangfire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Deliverybot.Jobs.Upkeep;

/// <summary>
/// Tells metrics what is still to be done. It is read by the clock, so that neither many scrapes nor many metrics cost more, and a scrape
/// waits for no database. What is old isn't told: a number that stands still would look as if all were well.
/// </summary>
internal sealed partial class BacklogWatch : BackgroundService
{
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Old = TimeSpan.FromMinutes(1);

    private readonly BacklogQuery _query;
    private readonly TimeProvider _time;
    private readonly ILogger<BacklogWatch> _logger;
    private readonly string[] _channels;
    private Reading? _last;
    private bool _hasFailed;

    /// <param name="storage">Makes Hangfire's tables where there are none yet.</param>
    public BacklogWatch(BacklogQuery query, JobStorage storage, IServiceScopeFactory scopes, IMeterFactory meters, TimeProvider time, ILogger<BacklogWatch> logger)
    {
        ArgumentNullException.ThrowIfNull(storage);
        (_query, _time, _logger) = (query, time, logger);
        using (var scope = scopes.CreateScope())
        {
            _channels = [.. scope.ServiceProvider.GetServices<IChannel>().Select(channel => channel.Name)];
        }

        var meter = meters.Create(Measuring.MeterName);
        meter.CreateObservableGauge("deliverybot.deliveries.undispatched.age", () => Measure(OldestAge), "s", "How long the oldest webhook has waited that nobody has begun.");
        meter.CreateObservableGauge("deliverybot.deployments.unfinished", () => Measure(Unfinished), "{deployment}", "Deployments that haven't ended, by state.");
        meter.CreateObservableGauge("deliverybot.jobs.failed", () => Measure(FailedJobs), "{job}", "Jobs that have failed for good, until they are repeated or deleted.");
        meter.CreateObservableGauge("deliverybot.channel.untold", () => Measure(Untold), "{change}", "Changes that a channel hasn't been told of yet.");
        meter.CreateObservableGauge("deliverybot.channel.untold.age", () => Measure(UntoldAge), "s", "How long ago the oldest of them happened.");
    }

    /// <summary>Reads it now.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            _last = new Reading(await _query.ReadAsync(cancellationToken), _time.GetUtcNow());
            _hasFailed = false;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            if (!_hasFailed)
            {
                Log.Failed(_logger, fault);
            }

            _hasFailed = true;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timer = new PeriodicTimer(Pause, _time);
            do
            {
                await ReadAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops.
        }
    }

    private IEnumerable<Measurement<T>> Measure<T>(Func<Reading, IEnumerable<Measurement<T>>> of)
        where T : struct =>
        _last is { } reading && _time.GetUtcNow() - reading.At <= Old ? of(reading) : [];

    private IEnumerable<Measurement<double>> OldestAge(Reading reading) =>
        [new Measurement<double>(AgeOf(reading.Backlog.OldestUndispatched))];

    private static IEnumerable<Measurement<long>> Unfinished(Reading reading) =>
        reading.Backlog.Deployments.Select(each => new Measurement<long>(each.Value, new KeyValuePair<string, object?>("state", JsonNamingPolicy.SnakeCaseLower.ConvertName(each.Key.ToString()))));

    private static IEnumerable<Measurement<long>> FailedJobs(Reading reading) => [new Measurement<long>(reading.Backlog.FailedJobs)];

    private IEnumerable<Measurement<long>> Untold(Reading reading) =>
        _channels.Select(name => new Measurement<long>(reading.Backlog.Channels.GetValueOrDefault(name).Count, Channel(name)));

    private IEnumerable<Measurement<double>> UntoldAge(Reading reading) =>
        _channels.Select(name => new Measurement<double>(
            AgeOf(reading.Backlog.Channels.TryGetValue(name, out var untold) ? untold.Since : null), Channel(name)));

    private static KeyValuePair<string, object?> Channel(string name) => new("channel", name);

    private double AgeOf(DateTimeOffset? since) => since is { } at ? Math.Max(0, (_time.GetUtcNow() - at).TotalSeconds) : 0;

    private sealed record Reading(Backlog Backlog, DateTimeOffset At);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "What is still to be done could not be read for the metrics; it is tried again, and not told until then.")]
        public static partial void Failed(ILogger logger, Exception fault);
    }
}
