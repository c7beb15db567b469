namespace Deliverybot.Jobs.GitHub.PullRequests;

/// <summary>What is sent to write or edit a comment.</summary>
internal sealed record CommentText(string Body);
