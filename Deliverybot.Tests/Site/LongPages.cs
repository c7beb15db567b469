namespace Deliverybot.Tests.Site;

/// <summary>Where the pages of a repository with a long history are.</summary>
/// <param name="Repository">Its full name.</param>
/// <param name="Sha">A commit that its branch shows.</param>
/// <param name="Deployment">The newest of its deployments.</param>
/// <param name="Failed">One that failed, the newest of its environment.</param>
public sealed record LongPages(string Repository, string Sha, long Deployment, long Failed)
{
    public const string Home = "/";

    public string Branch => $"/{Repository}";

    public string Commit => $"/{Repository}/commit/{Sha}";

    public string Environments => $"/{Repository}/environments";

    public string Deployments => $"/{Repository}/deployments";

    public string FilteredDeployments => $"{Deployments}?environment=production&state=failed&person=ada&trigger=push";

    public string OneDeployment => $"{Deployments}/{Deployment}";

    public string FailedDeployment => $"{Deployments}/{Failed}";

    public string Difference => $"/{Repository}/difference?environment=production";

    public string Config => $"/{Repository}/config";

    public string Metrics => $"/{Repository}/metrics";

    public string MetricsOfOnePlace => $"{Metrics}?environment=production&days=90";

    public string Activity => $"/{Repository}/activity";

    public IReadOnlyList<string> All =>
        [Home, Branch, Commit, Environments, Difference, Deployments, FilteredDeployments, OneDeployment, FailedDeployment, Config, Metrics, MetricsOfOnePlace, Activity];
}
