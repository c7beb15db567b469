using System.Security.Cryptography;

namespace Deliverybot.Sandbox.Slack;

/// <summary>What Slack gives the owner of an app.</summary>
public sealed record SlackCredentials(string ClientId, string ClientSecret, string SigningSecret)
{
    public static SlackCredentials Generate() => new(
        "1010101010.2020202020",
        RandomNumberGenerator.GetHexString(32, lowercase: true),
        RandomNumberGenerator.GetHexString(32, lowercase: true));
}
