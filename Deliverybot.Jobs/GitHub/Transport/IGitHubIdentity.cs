using System.Text;
using Microsoft.Extensions.Options;

namespace Deliverybot.Jobs.GitHub.Transport;

/// <summary>Who calls: the App itself, one of its installations, or a user.</summary>
internal interface IGitHubIdentity
{
    /// <summary><c>app</c>, <c>installation</c> or <c>user</c>, for logs and metrics.</summary>
    string Kind { get; }

    /// <summary>A person waits for what GitHub says.</summary>
    bool IsPerson => false;

    /// <summary>The value of the <c>Authorization</c> header.</summary>
    ValueTask<string> AuthorizeAsync(CancellationToken cancellationToken);

    /// <summary>Told that GitHub took this authorization for invalid. True if asking for one again gives another.</summary>
    bool Discard(string authorization);

    /// <summary>By which it is known whether GitHub lets it in; null for a person.</summary>
    string? Who => null;

    /// <summary>What a 401 means that asking again doesn't mend, or a 403 to whoever is suspended.</summary>
    Exception Rejected(GitHubAnswer answer);
}

/// <summary>A signed-in user, by their own token.</summary>
internal sealed class UserIdentity(UserToken token) : IGitHubIdentity
{
    public string Kind => "user";

    public bool IsPerson => true;

    public ValueTask<string> AuthorizeAsync(CancellationToken cancellationToken) => ValueTask.FromResult("Bearer " + token.Value);

    public bool Discard(string authorization) => false;

    public Exception Rejected(GitHubAnswer answer) => new UserTokenEndedException();
}

/// <summary>A user's OAuth token. It never shows in a log line or a message, whoever prints it.</summary>
public readonly record struct UserToken(string Value)
{
    public override string ToString() => "(user token)";
}

/// <summary>The App as an OAuth client: the few routes about users' tokens ask for its id and secret.</summary>
internal sealed class OAuthClientIdentity(IOptions<GitHubOptions> options, SecretsInUse secrets) : IGitHubIdentity
{
    public string Kind => "client";

    public ValueTask<string> AuthorizeAsync(CancellationToken cancellationToken) => ValueTask.FromResult(
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Value.ClientId}:{secrets.Now.ClientSecret}")));

    public bool Discard(string authorization) => false;

    public Exception Rejected(GitHubAnswer answer) => answer.Refused();
}

/// <summary>The App by a key that isn't known to be its own: what GitHub says of it concerns nobody else.</summary>
internal sealed class KeyOnTrial(string authorization) : IGitHubIdentity
{
    public string Kind => "app";

    public ValueTask<string> AuthorizeAsync(CancellationToken cancellationToken) => ValueTask.FromResult(authorization);

    public bool Discard(string authorization) => false;

    public Exception Rejected(GitHubAnswer answer) => answer.Refused();
}
