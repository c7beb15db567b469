namespace Deliverybot.Jobs.GitHub.Access;

/// <summary>Gets the next user token, once. It never shows in a log line or a message, whoever prints it.</summary>
internal readonly record struct RefreshToken(string Value)
{
    public override string ToString() => "(refresh token)";
}
