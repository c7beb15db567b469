using System.Net;

namespace Deliverybot.Jobs.GitHub;

/// <summary>GitHub understood and said no, and would say so again. The message carries GitHub's own words.</summary>
internal sealed class GitHubRefusedException(HttpStatusCode status, string words, string about)
    : Exception($"GitHub refused {about} with {(int)status}: {words}")
{
    public HttpStatusCode Status { get; } = status;

    /// <summary>GitHub's own words.</summary>
    public string Words { get; } = words;
}
