namespace Deliverybot.Benchmarks.SiteProcess;

/// <summary>What the Site is told by its environment.</summary>
internal sealed record SiteSettings(
    string Assembly, int Port, Uri GitHub, string ConnectionString, string WebhookSecret, KeyFiles Keys, string Roles = SiteSettings.AllRoles)
{
    public const string AllRoles = "web,worker";
    public const string WebOnly = "web";
    public const long AppId = 1;
    public const string AppSlug = "deliverybot";
    public const string ClientId = "Iv1.benchmark";
    public const string ClientSecret = "benchmark";

    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{Port}",
        ["ConnectionStrings__Deliverybot"] = ConnectionString,
        ["GitHub__Url"] = GitHub.GetLeftPart(UriPartial.Authority),
        ["GitHub__AppId"] = $"{AppId}",
        ["GitHub__AppSlug"] = AppSlug,
        ["GitHub__PrivateKeyPath"] = Keys.PrivateKeyPath,
        ["GitHub__WebhookSecret"] = WebhookSecret,
        ["GitHub__ClientId"] = ClientId,
        ["GitHub__ClientSecret"] = ClientSecret,
        ["Deliverybot__PublicUrl"] = $"http://localhost:{Port}",
        ["Deliverybot__Roles"] = Roles,
        ["Deliverybot__KeyCertificatePath"] = Keys.CertificatePath,
        ["Deliverybot__KeyCertificatePassword"] = Keys.CertificatePassword,
    };
}
