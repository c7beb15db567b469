using System.Threading.Channels;
using Deliverybot.Data.Changes;
using Deliverybot.Data.Deliveries;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Events.Deliveries;
using Deliverybot.Jobs.Events.Shapes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Deliverybot.Jobs.Events.Branches;

/// <summary>A push to the default branch is news for the repository's open pages.</summary>
internal sealed class HeadNewsHandler(HeadNews news) : IDeliveryHandler
{
    public Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        if (delivery.RepositoryId is { } repository && delivery.Read(EventJson.Default.PushEvent).IsToDefaultBranch)
        {
            news.Moved(repository);
        }

        return Task.CompletedTask;
    }
}

/// <summary>
/// Tells open pages that a default branch has moved: how far an environment is behind changes by that, also where nothing is deployed.
/// Commits that notify go one after the other, so a push doesn't notify by itself: what came within a second is told together.
/// What can't be told is told later; what a crash loses here, the page shows with its next change.
/// </summary>
internal sealed partial class HeadNews(NpgsqlDataSource database, TimeProvider time, ILogger<HeadNews> logger) : BackgroundService
{
    private const string Tell = $"select pg_notify('{ChangesChannel.Name}', repository || ':{ChangesChannel.Head}') from unnest($1) as repository";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Channel<RepositoryId> moved = Channel.CreateUnbounded<RepositoryId>(new UnboundedChannelOptions { SingleReader = true });

    public void Moved(RepositoryId repository) => moved.Writer.TryWrite(repository);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await moved.Reader.WaitToReadAsync(stoppingToken))
            {
                await TellAsync(stoppingToken);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The site stops.
        }
    }

    private async Task TellAsync(CancellationToken stoppingToken)
    {
        var repositories = new HashSet<RepositoryId>();
        while (moved.Reader.TryRead(out var repository))
        {
            repositories.Add(repository);
        }

        try
        {
            await using var command = database.CreateCommand(Tell);
            command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. repositories.Select(repository => repository.Value)] });
            await command.ExecuteNonQueryAsync(stoppingToken);
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException or TimeoutException)
        {
            Log.Untold(logger, exception, repositories.Count);
            foreach (var repository in repositories)
            {
                Moved(repository);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Open pages of {Count} repositories are told later that their default branch has moved")]
        public static partial void Untold(ILogger logger, Exception exception, int count);
    }
}
