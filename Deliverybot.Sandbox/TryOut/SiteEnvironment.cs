namespace Deliverybot.Sandbox.TryOut;

/// <summary>The Site's settings, as an operator would set them.</summary>
internal static class SiteEnvironment
{
    public const string ConnectionString = "ConnectionStrings__Deliverybot";

    public static IReadOnlyDictionary<string, string> Of(TryOutOptions options, SandboxServer gitHub, string connectionString) =>
        new Dictionary<string, string>
        {
            [ConnectionString] = connectionString,
            ["GitHub__Url"] = options.GitHubUrl.OriginalString,
            ["GitHub__AppId"] = $"{gitHub.App.AppId}",
            ["GitHub__AppSlug"] = gitHub.App.Slug,
            ["GitHub__PrivateKey"] = gitHub.App.PrivateKeyPem,
            ["GitHub__WebhookSecret"] = gitHub.App.WebhookSecret,
            ["GitHub__ClientId"] = gitHub.App.ClientId,
            ["GitHub__ClientSecret"] = gitHub.App.ClientSecret,
            ["Slack__Url"] = options.GitHubUrl.OriginalString,
            ["Slack__ClientId"] = gitHub.Slack.App.ClientId,
            ["Slack__ClientSecret"] = gitHub.Slack.App.ClientSecret,
            ["Slack__SigningSecret"] = gitHub.Slack.App.SigningSecret,
            ["Deliverybot__PublicUrl"] = options.SiteUrl.OriginalString,
            ["Deliverybot__Operators"] = "ada",
            ["ASPNETCORE_URLS"] = options.SiteUrl.OriginalString,
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Logging__Console__LogToStandardErrorThreshold"] = "Error",
        };
}
