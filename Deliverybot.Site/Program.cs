using Deliverybot.Jobs.Events.History;
using Deliverybot.Site;
using Deliverybot.Site.Operations;
using Deliverybot.Site.Settings;
using Npgsql;

ProgramCommand[] commands =
[
    new("migrate", MigrateAsync),
    new("restored", RestoredAsync),
    new("check", async () => await SiteApplication.CheckAsync(args, Console.Out) ? 0 : 1),
    new("ready", ReadyAsync),
    new("certificate", () => SayAsync(SiteApplication.MakeCertificate(args)
        ? "The certificate is made. Keep it with your backups, and give it to every process."
        : "There is a file already: it stays as it is.")),
    new("end-sessions", EndSessionsAsync),
    new("version", () => SayAsync(ProductVersion.Text)),
];

try
{
    if (ProgramCommand.WordIn(args) is { } word)
    {
        return commands.FirstOrDefault(command => command.Word == word) is { } asked
            ? await asked.RunAsync()
            : await RefuseAsync($"There is no command {word}. There are {string.Join(", ", commands.SkipLast(1).Select(command => command.Word))} and {commands[^1].Word}; without one the Site starts.");
    }

    await SiteHost.RunAsync(args);
    return 0;
}
catch (Exception exception) when (exception is SettingsException or DatabaseInUseException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
catch (NpgsqlException exception)
{
    await Console.Error.WriteLineAsync($"Deliverybot can't use its database: {exception.Message}. Check ConnectionStrings:Deliverybot, and that PostgreSQL runs.");
    return 1;
}

async Task<int> MigrateAsync()
{
    await SiteApplication.MigrateAsync(args);
    return 0;
}

async Task<int> RestoredAsync()
{
    var left = await SiteApplication.CatchUpAsync(args);
    await Console.Out.WriteLineAsync(left is []
        ? "The database knows what GitHub knows. Start the Site."
        : $"GitHub can't be asked about these now. Run this again before you start the Site:\n{string.Join('\n', left)}");
    return left is [] ? 0 : 1;
}

async Task<int> ReadyAsync()
{
    if (args is not [_, var root, ..] || !Uri.TryCreate(root, UriKind.Absolute, out var site) || site.Scheme is not ("http" or "https"))
    {
        return await RefuseAsync("Say which Site is asked, by its address: ready http://localhost:8080");
    }

    var (isReady, answer) = await ReadyQuestion.AskAsync(site);
    await Console.Out.WriteLineAsync(answer);
    return isReady ? 0 : 1;
}

async Task<int> EndSessionsAsync()
{
    await SiteApplication.EndSessionsAsync(args);
    return await SayAsync("No session from before now is valid any more, the Slack links are gone, and the keys are new.");
}

static async Task<int> SayAsync(string what)
{
    await Console.Out.WriteLineAsync(what);
    return 0;
}

static async Task<int> RefuseAsync(string why)
{
    await Console.Error.WriteLineAsync(why);
    return 2;
}
