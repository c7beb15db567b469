using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Branch;

/// <summary>What can be done with one commit.</summary>
/// <param name="Repository">Where.</param>
/// <param name="Sha">The commit.</param>
/// <param name="Ref">The branch or tag that it is looked at on.</param>
/// <param name="Targets">Where it can be deployed to, and what each would do now.</param>
/// <param name="CanPromote">Whether a target waits for somebody to promote it.</param>
/// <param name="LiveIn">The environments that it could be rolled back from.</param>
/// <param name="ReturnUrl">The page to come back to.</param>
internal sealed record DeployFormView(
    RepositoryName Repository,
    CommitSha Sha,
    GitRef Ref,
    IReadOnlyList<TargetLine> Targets,
    bool CanPromote,
    IReadOnlyList<RollbackChoice> LiveIn,
    string ReturnUrl);
