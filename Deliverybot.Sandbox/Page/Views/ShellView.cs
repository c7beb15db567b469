namespace Deliverybot.Sandbox.Page.Views;

/// <summary>What stands around every page.</summary>
/// <param name="Site">Deliverybot.</param>
/// <param name="Repositories">Those of the team; forks are found by their pull requests.</param>
/// <param name="Trouble">What is the matter with GitHub.</param>
/// <param name="TroubleEnds">When it ends by itself; null: it doesn't.</param>
public sealed record ShellView(Uri Site, IReadOnlyList<string> Repositories, Trouble Trouble, DateTimeOffset? TroubleEnds);
