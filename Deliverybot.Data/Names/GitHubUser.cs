namespace Deliverybot.Data.Names;

/// <summary>
/// Who asks, who acts, who holds: always GitHub's number together with the name that the account had then. The number says who it is;
/// a login is given to somebody else once its owner has renamed.
/// </summary>
/// <param name="Id">Null where nobody has told, as in rows of releases that didn't keep it: then it is nobody whom a right could be given to.</param>
/// <param name="Login">What people are shown.</param>
public readonly record struct GitHubUser(GitHubUserId? Id, GitHubLogin Login)
{
    /// <summary>Nobody, as GitHub calls it, for what has no account any more.</summary>
    public static GitHubUser Ghost { get; } = new(null, new GitHubLogin("ghost"));

    /// <summary>Stands where a name was that somebody has had deleted. No GitHub login has a blank.</summary>
    public static GitHubUser Deleted { get; } = new(null, new GitHubLogin("deleted user"));

    /// <summary>Whether both are one account, whatever it is called by now. Who has no number is nobody else.</summary>
    public bool IsSameAs(GitHubUser other) => Id is { } id && other.Id == id;

    public override string ToString() => Login.Value;
}
