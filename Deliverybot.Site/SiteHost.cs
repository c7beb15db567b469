using Deliverybot.Site.SetUp;

namespace Deliverybot.Site;

/// <summary>Runs the site until it is told to end; puts it together anew, in the same process, where what it is made of has changed.</summary>
internal static class SiteHost
{
    /// <exception cref="Settings.SettingsException">Settings are missing or malformed.</exception>
    public static async Task RunAsync(string[] args, Action<WebApplicationBuilder>? configure = null, CancellationToken cancellationToken = default)
    {
        SiteRenewal renewal;
        do
        {
            var withApp = await SiteApplication.WithRegisteredAppAsync(args, configure, cancellationToken);
            await using var app = SiteApplication.Build(args, withApp);
            renewal = app.Services.GetRequiredService<SiteRenewal>();
            await app.StartAsync(cancellationToken);
            await app.WaitForShutdownAsync(cancellationToken);
        }
        while (renewal.IsWanted && !cancellationToken.IsCancellationRequested);
    }
}
