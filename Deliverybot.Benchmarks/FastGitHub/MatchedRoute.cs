using Deliverybot.Benchmarks.GitHubEvents;

namespace Deliverybot.Benchmarks.FastGitHub;

/// <summary>A route, the repository it is about, and what its path names in there: a branch, a sha.</summary>
internal readonly record struct MatchedRoute(GitHubRoute Route, LoadRepository? Repository = null, string Named = "");
