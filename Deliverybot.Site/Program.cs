using Deliverybot.Jobs.Events.History;
using Deliverybot.Site;
using Deliverybot.Site.Operations;
using Deliverybot.Site.Settings;
using Npgsql;

try
{
    if (args is ["migrate", ..])
    {
        await SiteApplication.MigrateAsync(args);
        return 0;
    }

    if (args is ["end-sessions", ..])
    {
        await SiteApplication.EndSessionsAsync(args);
        await Console.Out.WriteLineAsync("No session from before now is valid any more, the Slack links are gone, and the keys are new.");
        return 0;
    }

    if (args is ["restored", ..])
    {
        var left = await SiteApplication.CatchUpAsync(args);
        await Console.Out.WriteLineAsync(left is []
            ? "The database knows what GitHub knows. Start the Site."
            : $"GitHub can't be asked about these now. Run this again before you start the Site:\n{string.Join('\n', left)}");
        return left is [] ? 0 : 1;
    }

    if (args is ["check", ..])
    {
        return await SiteApplication.CheckAsync(args, Console.Out) ? 0 : 1;
    }

    if (args is ["certificate", ..])
    {
        await Console.Out.WriteLineAsync(SiteApplication.MakeCertificate(args)
            ? "The certificate is made. Keep it with your backups, and give it to every process."
            : "There is a file already: it stays as it is.");
        return 0;
    }

    if (args is ["ready", var root] && Uri.TryCreate(root, UriKind.Absolute, out var site))
    {
        var (isReady, answer) = await ReadyQuestion.AskAsync(site);
        await Console.Out.WriteLineAsync(answer);
        return isReady ? 0 : 1;
    }

    if (args is ["version" or "--version", ..])
    {
        await Console.Out.WriteLineAsync(ProductVersion.Text);
        return 0;
    }

    if (CommandWord.In(args) is { } unknown)
    {
        await Console.Error.WriteLineAsync($"There is no command {unknown}. There are {CommandWord.Known}; without one the Site starts.");
        return 2;
    }

    await SiteHost.RunAsync(args);
    return 0;
}
catch (SettingsException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
catch (DatabaseInUseException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
catch (NpgsqlException exception)
{
    await Console.Error.WriteLineAsync($"Deliverybot can't use its database: {exception.Message}. Check ConnectionStrings:Deliverybot, and that PostgreSQL runs.");
    return 1;
}
