namespace Deliverybot.Jobs.GitHub.GraphQl;

/// <summary>How far a commit is from the head of a branch.</summary>
/// <param name="Behind">How many commits the branch has that it lacks.</param>
internal sealed record CommitDistance(int Behind);
