using System.Security.Cryptography;

namespace Deliverybot.Tests.Site;

/// <summary>Settings without a fault, for a site that no GitHub answers.</summary>
internal static class SiteArguments
{
    private const string NoDatabase = "Host=localhost;Database=none";

    private static readonly Lazy<string> PrivateKey = new(() =>
    {
        using var key = RSA.Create(2048);
        return key.ExportRSAPrivateKeyPem();
    });

    public static string[] With(params string[] more) =>
    [
        "--environment=Development", "--urls=http://127.0.0.1:0", $"--ConnectionStrings:Deliverybot={NoDatabase}",
        "--Deliverybot:PublicUrl=https://deliverybot.example.com",
        "--GitHub:AppId=1", "--GitHub:AppSlug=deliverybot", "--GitHub:WebhookSecret=s", "--GitHub:ClientId=id", "--GitHub:ClientSecret=s",
        $"--GitHub:PrivateKey={PrivateKey.Value}",
        .. more,
    ];
}
