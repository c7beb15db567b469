namespace Deliverybot.Sandbox.TryOut;

/// <summary>The Site's settings, as an operator would set them.</summary>
internal static class SiteEnvironment
{
    public const string ConnectionString = "ConnectionStrings__Deliverybot";

    public static IReadOnlyDictionary<string, string> Of(TryOutOptions options, AppCredentials app, string connectionString) =>
        new Dictionary<string, string>
        {
            [ConnectionString] = connectionString,
            ["GitHub__Url"] = options.GitHubUrl.OriginalString,
            ["GitHub__AppId"] = $"{app.AppId}",
            ["GitHub__AppSlug"] = app.Slug,
            ["GitHub__PrivateKey"] = app.PrivateKeyPem,
            ["GitHub__WebhookSecret"] = app.WebhookSecret,
            ["GitHub__ClientId"] = app.ClientId,
            ["GitHub__ClientSecret"] = app.ClientSecret,
            ["Deliverybot__PublicUrl"] = options.SiteUrl.OriginalString,
            ["Deliverybot__Operators"] = "ada",
            ["ASPNETCORE_URLS"] = options.SiteUrl.OriginalString,
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Logging__Console__LogToStandardErrorThreshold"] = "Error",
        };
}
