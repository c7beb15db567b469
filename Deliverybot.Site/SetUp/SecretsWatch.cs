using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Site.SetUp;

/// <summary>Sees when the secrets of the registered App have changed, here or in another process; this one goes on with them at once.</summary>
internal sealed partial class SecretsWatch(
    IServiceScopeFactory scopes, SecretsInUse secrets, TimeProvider time, ILogger<SecretsWatch> logger) : BackgroundService
{
    /// <summary>After so long every process knows.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private string? _known;

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var stored = scope.ServiceProvider.GetRequiredService<StoredApps>();
        if (await stored.SealedAsync(cancellationToken) is { } now && now != _known && await stored.FindAsync(cancellationToken) is var (keys, _))
        {
            secrets.Change(keys.Secrets.Now());
            _known = now;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var clock = new PeriodicTimer(Pause, time);
        while (await clock.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.Failed(logger, exception);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "It isn't known whether the App's secrets have changed; those that are known stay in use.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
