using Deliverybot.Sandbox.Slack;

namespace Deliverybot.Sandbox.TryOut;

/// <summary>The Site's settings, as an operator would set them.</summary>
internal static class SiteEnvironment
{
    public const string ConnectionString = "ConnectionStrings__Deliverybot";

    /// <param name="options">Where all of it answers.</param>
    /// <param name="app">The GitHub App.</param>
    /// <param name="connectionString">The database.</param>
    /// <param name="slack">The Slack app; Slack is off without.</param>
    public static IReadOnlyDictionary<string, string> Of(
        TryOutOptions options, AppCredentials app, string connectionString, SlackCredentials? slack = null)
    {
        var settings = new Dictionary<string, string>
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
        if (slack is not null)
        {
            settings["Slack__Url"] = options.GitHubUrl.OriginalString;
            settings["Slack__ClientId"] = slack.ClientId;
            settings["Slack__ClientSecret"] = slack.ClientSecret;
            settings["Slack__SigningSecret"] = slack.SigningSecret;
        }

        return settings;
    }
}
