namespace Deliverybot.Site.SelfTest;

internal static class SelfTestRegistration
{
    public const string HttpName = "Self-test";

    /// <summary>The checks, in the order that they are told in.</summary>
    public static IServiceCollection AddSelfTest(this IServiceCollection services)
    {
        services.AddOptions<SelfTestPatience>();
        services.AddHttpClient(HttpName, http => http.DefaultRequestHeaders.UserAgent.ParseAdd("Deliverybot"))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        services.AddScoped<AskedApp>();
        services.AddScoped<SelfTests>();
        return services
            .AddScoped<ICheck, AppCheck>()
            .AddScoped<ICheck, PermissionsCheck>()
            .AddScoped<ICheck, EventsCheck>()
            .AddScoped<ICheck, InstallationsCheck>()
            .AddScoped<ICheck, HookCheck>()
            .AddScoped<ICheck, DeliveriesCheck>()
            .AddScoped<ICheck, RoundTripCheck>()
            .AddScoped<ICheck, ClockCheck>()
            .AddScoped<ICheck, DatabaseCheck>()
            .AddScoped<ICheck, MigrationsCheck>()
            .AddScoped<ICheck, WorkersCheck>()
            .AddScoped<ICheck, KeyCertificateCheck>()
            .AddScoped<ICheck, LanguagesCheck>()
            .AddScoped<ICheck, PublicUrlCheck>();
    }
}
