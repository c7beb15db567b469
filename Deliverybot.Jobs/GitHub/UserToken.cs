namespace Deliverybot.Jobs.GitHub;

/// <summary>A user's OAuth token. It never shows in a log line or a message, whoever prints it.</summary>
public readonly record struct UserToken(string Value)
{
    public override string ToString() => "(user token)";
}
