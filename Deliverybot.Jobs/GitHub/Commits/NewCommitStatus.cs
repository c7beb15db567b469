namespace Deliverybot.Jobs.GitHub.Commits;

/// <summary>A commit status to write.</summary>
/// <param name="Description">GitHub takes 140 characters at most.</param>
internal sealed record NewCommitStatus(CommitState State, string Context, string? Description = null, Uri? TargetUrl = null);
