using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts.Rollbacks;
using Deliverybot.Site.Pages.Shared;

namespace Deliverybot.Site.Pages.Branch;

/// <summary>What can be done with one commit.</summary>
/// <param name="Ref">The branch or tag that it is looked at on.</param>
/// <param name="Targets">Where it can be deployed to, and what each would do now.</param>
/// <param name="CanPromote">Whether a target waits for somebody to promote it.</param>
/// <param name="LiveIn">The environments that it could be rolled back from.</param>
/// <param name="ReturnUrl">The page to come back to.</param>
internal sealed record DeployFormView(
    RepositoryName Repository,
    CommitSha Sha,
    GitRef Ref,
    TargetLines Targets,
    bool CanPromote,
    IReadOnlyList<RollbackChoice> LiveIn,
    string ReturnUrl);

/// <summary>An environment that runs a commit, or that it was tried in.</summary>
/// <param name="Place">What a rollback is to be asked for: the target, or the environment where that isn't one target's alone.</param>
/// <param name="Foreseen">What the rollback would do now.</param>
internal sealed record RollbackChoice(EnvironmentName Environment, string Place, RollbackPreview Foreseen);
