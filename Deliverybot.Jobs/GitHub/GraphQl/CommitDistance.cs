namespace Deliverybot.Jobs.GitHub.GraphQl;

/// <summary>How far a commit is from the head of a branch.</summary>
/// <param name="Behind">How many commits the branch has that it lacks.</param>
/// <param name="Ahead">How many it has that the branch lacks.</param>
internal sealed record CommitDistance(int Behind, int Ahead);
