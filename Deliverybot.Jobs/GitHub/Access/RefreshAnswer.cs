namespace Deliverybot.Jobs.GitHub.Access;

/// <summary>GitHub's answer to a refresh token; an error comes with 200, too.</summary>
internal sealed record RefreshAnswer(string? AccessToken, int? ExpiresIn, string? RefreshToken, string? Error)
{
    public override string ToString() => "(tokens)";
}
