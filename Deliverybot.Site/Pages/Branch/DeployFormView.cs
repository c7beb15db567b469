using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Branch;

/// <summary>What can be done with one commit.</summary>
/// <param name="Targets">Where it can be deployed to.</param>
/// <param name="CanPromote">Whether a target waits for somebody to promote it.</param>
/// <param name="LiveIn">The environments that it could be rolled back from.</param>
internal sealed record DeployFormView(
    RepositoryName Repository,
    CommitSha Sha,
    GitRef Ref,
    IReadOnlyList<TargetName> Targets,
    bool CanPromote,
    IReadOnlyList<RollbackChoice> LiveIn,
    string ReturnUrl);
