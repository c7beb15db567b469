using System.Security.Cryptography;

namespace Deliverybot.Sandbox;

/// <summary>What GitHub gives the owner of an App.</summary>
public sealed record AppCredentials
{
    public required long AppId { get; init; }

    public required string Slug { get; init; }

    public required string PrivateKeyPem { get; init; }

    public required string WebhookSecret { get; init; }

    public required string ClientId { get; init; }

    public required string ClientSecret { get; init; }

    public static AppCredentials Generate()
    {
        using var key = RSA.Create(2048);
        return new AppCredentials
        {
            AppId = 4242,
            Slug = "deliverybot",
            PrivateKeyPem = key.ExportRSAPrivateKeyPem(),
            WebhookSecret = RandomNumberGenerator.GetHexString(40, lowercase: true),
            ClientId = "Iv1." + RandomNumberGenerator.GetHexString(16, lowercase: true),
            ClientSecret = RandomNumberGenerator.GetHexString(40, lowercase: true),
        };
    }
}
