namespace Deliverybot.Jobs.GitHub.Transport;

/// <summary>GitHub's answer to the App's wish to act for an installation.</summary>
internal sealed record InstallationAccessToken(string Token, DateTimeOffset? ExpiresAt)
{
    public override string ToString() => $"(installation token until {ExpiresAt:O})";
}
