using Deliverybot.Site;
using Deliverybot.Site.Settings;

try
{
    await using var app = SiteApplication.Build(args);
    if (args is ["migrate", ..])
    {
        await SiteApplication.MigrateAsync(app);
        return 0;
    }

    await app.RunAsync();
    return 0;
}
catch (SettingsException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
