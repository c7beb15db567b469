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
