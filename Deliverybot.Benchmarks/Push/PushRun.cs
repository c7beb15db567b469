namespace Deliverybot.Benchmarks.Push;

/// <summary>A number of pushes sent at once, or so many a second, while GitHub takes its time to answer.</summary>
internal sealed record PushRun(string Title, string BranchPrefix, int Pushes, TimeSpan GitHubDelay, int? PerSecond = null);
