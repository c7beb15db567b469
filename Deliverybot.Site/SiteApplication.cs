using System.Reflection;
using Deliverybot.Jobs;
using Deliverybot.Jobs.Calendar;
using Deliverybot.Jobs.Events.History;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Jobs.Surfaces.Slack;
using Deliverybot.Site.Database;
using Deliverybot.Site.Live;
using Deliverybot.Site.Operations;
using Deliverybot.Site.Operations.Scraping;
using Deliverybot.Site.Pages;
using Deliverybot.Site.Pages.Errors;
using Deliverybot.Site.Pages.SetUp;
using Deliverybot.Site.Rights;
using Deliverybot.Site.Schema;
using Deliverybot.Site.SelfTest;
using Deliverybot.Site.Settings;
using Deliverybot.Site.SetUp;
using Deliverybot.Site.SignIn;
using Deliverybot.Site.Slack;
using Deliverybot.Site.Web;
using Deliverybot.Site.Webhooks;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Deliverybot.Site;

/// <summary>Puts the site together from its settings. Several can run in one process: nothing here is static.</summary>
internal static class SiteApplication
{
    private const string ConnectionStringName = "Deliverybot";

    /// <exception cref="SettingsException">Settings are missing or malformed.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = BuilderOf(args);
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        configure?.Invoke(builder);
        builder.AddTelemetry();
        return GitHubOptionsFaults.IsAnythingSet(builder.Configuration) ? BuildSite(builder) : BuildSetUp(builder);
    }

    /// <summary>What <c>Deliverybot.Site migrate</c> does: it needs the database, and nothing of GitHub.</summary>
    /// <exception cref="SettingsException">The connection string is missing or malformed.</exception>
    public static async Task MigrateAsync(string[] args, CancellationToken cancellationToken = default)
    {
        var builder = BuilderOf(args);
        var faults = ConnectionStringFaults.In(builder.Configuration, ConnectionStringName).ToList();
        if (faults.Count > 0)
        {
            throw new SettingsException(faults);
        }

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddDeliverybotJobs(builder.Configuration, builder.Configuration.GetConnectionString(ConnectionStringName)!);
        builder.Services.AddSingleton<DatabaseMigration>();
        await using var app = builder.Build();
        await app.Services.GetRequiredService<DatabaseMigration>().ApplyAsync(cancellationToken);
    }

    /// <summary>What <c>Deliverybot.Site end-sessions</c> does, while others run.</summary>
    /// <exception cref="SettingsException">Settings are missing or malformed: it needs those of the site.</exception>
    public static async Task EndSessionsAsync(string[] args, CancellationToken cancellationToken = default)
    {
        var builder = BuilderOf(args);
        (await WithRegisteredAppAsync(args, configure: null, cancellationToken))(builder);
        var (settings, _, _) = Read(builder);
        AddEveryRole(builder, settings);
        builder.Services.AddScoped<SessionEnds>();
        builder.Services.AddScoped<EndOfSessions>();
        await using var app = builder.Build();
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<EndOfSessions>().RunAsync(cancellationToken);
        await scope.ServiceProvider.GetRequiredService<StoredApps>().EncryptAnewAsync(cancellationToken);
    }

    /// <summary>What <c>Deliverybot.Site check</c> does, while others run: it tells how all that the site needs is found.</summary>
    /// <returns>Whether nothing is bad.</returns>
    /// <exception cref="SettingsException">Settings are missing or malformed: it needs those of the site.</exception>
    public static async Task<bool> CheckAsync(string[] args, TextWriter output, Action<WebApplicationBuilder>? configure = null, CancellationToken cancellationToken = default)
    {
        var builder = BuilderOf(args);
        (await WithRegisteredAppAsync(args, configure, cancellationToken))(builder);
        // What it has to say are its lines.
        builder.Logging.ClearProviders();
        var (settings, _, _) = Read(builder);
        AddEveryRole(builder, settings);
        builder.Services.AddSelfTest().AddScoped<ICheck, BrowserCheck>();
        await using var app = builder.Build();
        await using var scope = app.Services.CreateAsyncScope();
        return await SelfTestReport.WriteAsync(await scope.ServiceProvider.GetRequiredService<SelfTests>().RunAsync(acting: true, cancellationToken), output);
    }

    /// <summary>What <c>Deliverybot.Site restored</c> does, before the site is started on a database that was restored.</summary>
    /// <returns>The repositories that are left to be asked about, each with the reason; with none all is done.</returns>
    /// <exception cref="SettingsException">Settings are missing or malformed: it needs those of the site.</exception>
    public static async Task<IReadOnlyList<string>> CatchUpAsync(string[] args, CancellationToken cancellationToken = default)
    {
        var builder = BuilderOf(args);
        (await WithRegisteredAppAsync(args, configure: null, cancellationToken))(builder);
        var (settings, _, _) = Read(builder);
        AddEveryRole(builder, settings);
        await using var app = builder.Build();
        await app.Services.GetRequiredService<DatabaseMigration>().ApplyAsync(cancellationToken);
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RestoredDatabase>().CatchUpAsync(cancellationToken);
    }

    /// <summary>What <c>Deliverybot.Site certificate</c> does: it needs no other setting.</summary>
    /// <returns>Whether it was made; one that is there stays.</returns>
    /// <exception cref="SettingsException">It can't be made.</exception>
    public static bool MakeCertificate(string[] args) => KeyCertificateFile.Make(BuilderOf(args).Configuration, TimeProvider.System.GetUtcNow());

    /// <summary>Settings and pages are looked for beside the program, wherever it is started from.</summary>
    private static WebApplicationBuilder BuilderOf(string[] args) => WebApplication.CreateBuilder(new WebApplicationOptions
    {
        Args = args,
        ApplicationName = Assembly.GetExecutingAssembly().GetName().Name,
        ContentRootPath = AppContext.BaseDirectory,
    });

    /// <summary>Adds the settings of the App that was registered in the browser, where nothing of an App is set otherwise.</summary>
    /// <exception cref="SettingsException">It can't be opened.</exception>
    public static async Task<Action<WebApplicationBuilder>> WithRegisteredAppAsync(
        string[] args, Action<WebApplicationBuilder>? configure, CancellationToken cancellationToken)
    {
        var builder = BuilderOf(args);
        configure?.Invoke(builder);
        List<string> faults = [.. ConnectionStringFaults.In(builder.Configuration, ConnectionStringName)];
        var settings = new SiteSettingsReader(builder.Configuration, builder.Environment, faults).Read();
        var registered = faults.Count > 0 || GitHubOptionsFaults.IsAnythingSet(builder.Configuration)
            ? new RegisteredAppSource()
            : await RegisteredAppSettings.ReadAsync(settings, builder.Configuration.GetConnectionString(ConnectionStringName)!, cancellationToken);
        return wanted =>
        {
            configure?.Invoke(wanted);
            // Before all others, so that each of them goes before it.
            wanted.Configuration.Sources.Insert(0, registered);
        };
    }

    private static WebApplication BuildSetUp(WebApplicationBuilder builder)
    {
        List<string> faults = [.. ConnectionStringFaults.In(builder.Configuration, ConnectionStringName), .. GitHubOptionsFaults.In(builder.Configuration)];
        var settings = new SiteSettingsReader(builder.Configuration, builder.Environment, faults).Read();
        var canRegister = faults.Count == 0;
        builder.Services.AddHealthChecks();
        builder.Services.AddSecurityHeaders(gitHub: null, settings.IsHttps, isRegistering: true);
        builder.Services.AddPages();
        builder.Services.AddSetUp(new SetUpState { IsOn = true, Faults = faults });
        if (canRegister)
        {
            builder.Services.AddRegistering(settings, builder.Configuration.GetConnectionString(ConnectionStringName)!);
            builder.Services.AddDatabaseHealth();
        }

        var app = builder.Build();
        app.UseSecurityHeaders();
        app.UseNoStore();
        app.UseErrorPages();
        app.UseSetUpPageAlone();
        app.UseRouting();
        app.UseAuthorization();
        app.MapLive();
        if (canRegister)
        {
            app.MapReady();
        }

        app.MapStaticAssets().ShortCircuit();
        app.MapRazorPages().WithStaticAssets();
        return app;
    }

    private static WebApplication BuildSite(WebApplicationBuilder builder)
    {
        var (settings, gitHub, slack) = Read(builder);
        AddEveryRole(builder, settings);
        builder.AddSiteMetrics();
        if (!settings.IsWeb)
        {
            var worker = builder.Build();
            worker.MapHealth();
            worker.MapScrape();
            return worker;
        }

        AddWeb(builder.Services, settings, gitHub, slack);
        var app = builder.Build();
        UseWeb(app, slack);
        return app;
    }

    private static void AddEveryRole(WebApplicationBuilder builder, SiteSettings settings)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton<DatabaseMigration>();
        if (settings.MigrateOnStart)
        {
            builder.Services.AddHostedService<MigrationOnStart>();
        }

        builder.Services.AddHealth();
        builder.Services.AddDeliverybotJobs(builder.Configuration, builder.Configuration.GetConnectionString(ConnectionStringName)!);
        builder.Services.AddKeys(settings);
        builder.Services.AddRewrapping(settings);
        builder.Services.AddSetUp(new SetUpState { IsOn = false });
        builder.Services.AddStoredApps();
        if (RegisteredAppSource.IsIn(builder.Configuration))
        {
            builder.Services.AddChangingSecrets();
        }

        if (settings.IsWorker)
        {
            builder.Services.AddDeliverybotWorkers();
        }
    }

    private static void AddWeb(IServiceCollection services, SiteSettings settings, GitHubOptions gitHub, SlackOptions? slack)
    {
        services.AddPageCompression();
        services.AddSecurityHeaders(gitHub.Url, settings.IsHttps);
        services.AddUnknownBodies();
        services.AddDeliveryInbox();
        services.AddWebhooks();
        services.AddSignIn(settings, gitHub);
        services.AddRights();
        services.AddLiveUpdates();
        services.AddPages();
        services.AddPageReaders();
        services.AddSelfTest();
        if (slack is not null)
        {
            services.AddSlack(settings, slack);
        }
    }

    private static void UseWeb(WebApplication app, SlackOptions? slack)
    {
        app.UseMiddleware<PublicAddress>();
        app.UseSecurityHeaders();
        app.UseNoStore();
        app.UseErrorPages();
        app.UseRouting();
        app.UsePagesOfTheirOwn();
        app.UseMiddleware<FormBodies>();
        app.UseResponseCompression();
        app.UseAuthentication();
        app.UseMiddleware<TokenRenewal>();
        app.UseAuthorization();
        app.MapJobDashboard();
        app.MapHealth();
        app.MapScrape();
        app.MapWebhooks();
        app.MapSchema();
        app.MapStaticAssets().ShortCircuit();
        app.MapSignIn();
        if (slack is not null)
        {
            app.MapSlack();
        }

        app.MapLiveUpdates();
        app.MapRazorPages().WithStaticAssets();
    }

    private static (SiteSettings Settings, GitHubOptions GitHub, SlackOptions? Slack) Read(WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        List<string> faults = [.. ConnectionStringFaults.In(configuration, ConnectionStringName), .. GitHubOptionsFaults.In(configuration)];
        var settings = new SiteSettingsReader(configuration, builder.Environment, faults).Read();
        faults.AddRange(SlackOptionsFaults.In(configuration));
        faults.AddRange(MetricsOptions.FaultsIn(configuration));
        faults.AddRange(TimeZones.FaultOfDatabase() is { } missing ? [missing] : []);
        if (faults.Count > 0)
        {
            throw new SettingsException(faults);
        }

        var slack = SlackOptionsFaults.IsAnythingSet(configuration)
            ? SlackOptions.Of(configuration)
            : null;
        return (settings, configuration.GetSection(GitHubOptions.Section).Get<GitHubOptions>()!.WithPairsOf(configuration.GetSection(GitHubOptions.Section)), slack);
    }
}
