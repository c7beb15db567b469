namespace Deliverybot.Jobs.GitHub.GraphQl;

/// <summary>A commit status or check run, for display.</summary>
internal sealed record CommitCheck(string Name, CombinedState State, string? Url);
