using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Branch;

/// <summary>The form that deploys one commit.</summary>
internal sealed record DeployFormView(RepositoryName Repository, CommitSha Sha, GitRef Ref, IReadOnlyList<TargetName> Targets, string ReturnUrl);
