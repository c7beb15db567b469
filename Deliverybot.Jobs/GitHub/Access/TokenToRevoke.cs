namespace Deliverybot.Jobs.GitHub.Access;

/// <summary>What is sent to end a user's token.</summary>
internal sealed record TokenToRevoke(string AccessToken)
{
    public override string ToString() => "(user token)";
}
