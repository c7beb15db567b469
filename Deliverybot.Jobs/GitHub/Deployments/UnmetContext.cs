namespace Deliverybot.Jobs.GitHub.Deployments;

/// <summary>A required context that GitHub takes for unmet.</summary>
/// <param name="Name">Of the commit status or check run.</param>
/// <param name="State">In GitHub's words, such as <c>pending</c> or <c>failure</c>; <c>missing</c> where it names none.</param>
internal sealed record UnmetContext(string Name, string State);
