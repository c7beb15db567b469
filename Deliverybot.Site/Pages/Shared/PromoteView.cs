using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Shared;

/// <summary>A button that lets a commit go on.</summary>
/// <param name="Ref">The branch or tag that it is looked at on; null for the default branch.</param>
/// <param name="ReturnUrl">The page to come back to.</param>
/// <param name="Css">How the button looks there.</param>
internal sealed record PromoteView(RepositoryName Repository, CommitSha Sha, GitRef? Ref, string ReturnUrl, string Css);
