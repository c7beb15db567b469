using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub;

namespace Deliverybot.Jobs.Acts;

/// <summary>
/// A person who may change what happens in a repository: GitHub has said so a moment ago. Acts take nobody else, and only
/// <see cref="Admission"/> makes one.
/// </summary>
internal abstract class Actor
{
    private protected Actor(GitHubUser by, RepositoryId repository, GitRef? defaultBranch, RepositoryClient github)
    {
        By = by;
        Repository = repository;
        DefaultBranch = defaultBranch;
        GitHub = github;
    }

    public GitHubUser By { get; }

    /// <summary>The right is for this one alone.</summary>
    public RepositoryId Repository { get; }

    /// <summary>Null where the repository is empty.</summary>
    public GitRef? DefaultBranch { get; }

    /// <summary>The access that the act is carried out with: the person's own; for a command in a pull request the App's.</summary>
    public RepositoryClient GitHub { get; }
}
