using System.Data;
using System.Globalization;
using Deliverybot.Data.Changes;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Engine;
using Npgsql;

namespace Deliverybot.Site.Live;

/// <summary>
/// The one connection of this process that listens for changes, whichever process makes them
/// (<see href="https://www.npgsql.org/doc/wait.html"/>).
/// </summary>
internal sealed partial class ChangesListener(DatabasePools pools, RepositoryChanges changes, TimeProvider time, ILogger<ChangesListener> logger)
    : BackgroundService
{
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
                // Whoever took a connection of before would find it broken: the first who opens a page, however much later.
                pools.Clear();
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
        await using var connection = await pools.Receiving.OpenConnectionAsync(stoppingToken);
        connection.Notification += (_, notification) => Publish(notification.Payload);
        await using (var listen = new NpgsqlCommand(ChangesChannel.Listen, connection))
        {
            await listen.ExecuteNonQueryAsync(stoppingToken);
        }

        try
        {
            changes.PublishToAll();
            while (true)
            {
                await connection.WaitAsync(stoppingToken);
            }
        }
        finally
        {
            await StopListeningAsync(connection);
        }
    }

    /// <summary>The pool gives connections on as they are: whoever has this one next must not be told of changes.</summary>
    private static async Task StopListeningAsync(NpgsqlConnection connection)
    {
        if (connection.FullState == ConnectionState.Open)
        {
            await using var unlisten = new NpgsqlCommand("UNLISTEN *", connection);
            await unlisten.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    private void Publish(string payload)
    {
        var colon = payload.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && long.TryParse(payload.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var repository))
        {
            var what = payload.AsSpan(colon + 1);
            changes.Publish(
                new RepositoryId(repository),
                long.TryParse(what, NumberStyles.None, CultureInfo.InvariantCulture, out var deployment) ? RepositoryChange.Of(new DeploymentId(deployment))
                : what is ChangesChannel.Head ? RepositoryChange.Head
                : RepositoryChange.Unnamed);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Listening for changes was interrupted; open pages are told to look again once it goes on")]
        public static partial void Interrupted(ILogger logger, Exception exception);
    }
}
