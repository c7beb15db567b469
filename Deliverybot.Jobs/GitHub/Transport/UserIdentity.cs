namespace Deliverybot.Jobs.GitHub.Transport;

/// <summary>A signed-in user, by his own token.</summary>
internal sealed class UserIdentity(UserToken token) : IGitHubIdentity
{
    public string Kind => "user";

    public bool IsPerson => true;

    public ValueTask<string> AuthorizeAsync(CancellationToken cancellationToken) => ValueTask.FromResult("Bearer " + token.Value);

    public bool Discard(string authorization) => false;

    public Exception Rejected(GitHubAnswer answer) => new UserTokenEndedException();
}
