using System.Globalization;
using Deliverybot.Data.Names;
using Npgsql;

namespace Deliverybot.Site.Live;

/// <summary>
/// The one connection of this process that listens for changes, whichever process makes them
/// (<see href="https://www.npgsql.org/doc/wait.html"/>).
/// </summary>
internal sealed partial class ChangesListener(NpgsqlDataSource database, RepositoryChanges changes, TimeProvider time, ILogger<ChangesListener> logger)
    : BackgroundService
{
    private const string Channel = "deliverybot_changes";

    private static readonly TimeSpan PauseBeforeReconnecting = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is NpgsqlException or IOException or TimeoutException)
            {
                Log.Interrupted(logger, exception);
                await Task.Delay(PauseBeforeReconnecting, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task ListenAsync(CancellationToken stoppingToken)
    {
        await using var connection = await database.OpenConnectionAsync(stoppingToken);
        connection.Notification += (_, notification) => Publish(notification.Payload);
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(stoppingToken);
        }

        changes.PublishToAll();
        while (true)
        {
            await connection.WaitAsync(stoppingToken);
        }
    }

    /// <summary>The payload is <c>repository:deployment</c>; the second is empty where a lock changed, and <c>head</c> where the default branch moved.</summary>
    private void Publish(string payload)
    {
        var colon = payload.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && long.TryParse(payload.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var repository))
        {
            var what = payload.AsSpan(colon + 1);
            changes.Publish(
                new RepositoryId(repository),
                long.TryParse(what, NumberStyles.None, CultureInfo.InvariantCulture, out var deployment) ? RepositoryChange.Of(new DeploymentId(deployment))
                : what is "head" ? RepositoryChange.Head
                : RepositoryChange.Unnamed);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Listening for changes was interrupted; open pages are told to look again once it goes on")]
        public static partial void Interrupted(ILogger logger, Exception exception);
    }
}
