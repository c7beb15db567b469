namespace Deliverybot.Jobs.GitHub.PullRequests;

/// <summary>A file that a pull request changes.</summary>
/// <param name="PreviousFilename">Where it was moved from; only of a moved one.</param>
internal sealed record GitHubPullRequestFile(string Filename, string? PreviousFilename);
