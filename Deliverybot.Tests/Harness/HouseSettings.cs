using Deliverybot.Sandbox;

namespace Deliverybot.Tests.Harness;

/// <summary>What a Site of a house is told, by whichever way it is told.</summary>
internal static class HouseSettings
{
    public static Dictionary<string, string?> For(SandboxServer gitHub, TestDatabase database, Uri site, string roles) => new()
    {
        ["ConnectionStrings:Deliverybot"] = database.ConnectionString,
        ["GitHub:Url"] = gitHub.Url.GetLeftPart(UriPartial.Authority),
        ["GitHub:AppId"] = $"{gitHub.App.AppId}",
        ["GitHub:AppSlug"] = gitHub.App.Slug,
        ["GitHub:PrivateKey"] = gitHub.App.PrivateKeyPem,
        ["GitHub:WebhookSecret"] = gitHub.App.WebhookSecret,
        ["GitHub:ClientId"] = gitHub.App.ClientId,
        ["GitHub:ClientSecret"] = gitHub.App.ClientSecret,
        ["Slack:Url"] = gitHub.Url.GetLeftPart(UriPartial.Authority),
        ["Slack:ClientId"] = gitHub.Slack.App.ClientId,
        ["Slack:ClientSecret"] = gitHub.Slack.App.ClientSecret,
        ["Slack:SigningSecret"] = gitHub.Slack.App.SigningSecret,
        ["Deliverybot:PublicUrl"] = site.GetLeftPart(UriPartial.Authority),
        ["Deliverybot:Operators"] = "ada",
        ["Deliverybot:Roles"] = roles,
    };
}
