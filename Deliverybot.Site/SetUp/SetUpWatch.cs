namespace Deliverybot.Site.SetUp;

/// <summary>
/// While no App is known: sees to it that there is a code, and looks whether an App was registered, here or in another process; then this
/// process begins anew, with it.
/// </summary>
internal sealed partial class SetUpWatch(
    IServiceScopeFactory scopes, SetUpState state, SiteRenewal renewal, TimeProvider time, ILogger<SetUpWatch> logger) : BackgroundService
{
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>So long whoever has registered the App may still be fetching what belongs to the page that says so.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var clock = new PeriodicTimer(Pause, time);
        do
        {
            try
            {
                if (await LookAsync(stoppingToken))
                {
                    Log.Registered(logger);
                    await Task.Delay(Settling, time, stoppingToken);
                    renewal.Begin();
                    return;
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                state.Fault = exception.Message;
                Log.Failed(logger, exception);
            }
        }
        while (await clock.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<StoredApps>().AnyAsync(cancellationToken))
        {
            return true;
        }

        if (await scope.ServiceProvider.GetRequiredService<SetUpCodes>().RenewAsync(cancellationToken) is { } code)
        {
            Log.Printed(logger, code, (int)SetUpCodes.Lasts.TotalMinutes);
        }

        state.Fault = null;
        return false;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "No GitHub App is known yet. Set-up code, good for {Minutes} minutes: {Code}")]
        public static partial void Printed(ILogger logger, string code, int minutes);

        [LoggerMessage(LogLevel.Information, "A GitHub App was registered: going on with it.")]
        public static partial void Registered(ILogger logger);

        [LoggerMessage(LogLevel.Error, "The set-up can't use the database.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
