namespace Deliverybot.Jobs.GitHub.Transport;

/// <summary>How long we wait for GitHub, and how often we ask again what may be asked again.</summary>
internal sealed class GitHubPatience
{
    /// <summary>For one attempt. GitHub itself gives up after 10 seconds.</summary>
    public TimeSpan Attempt { get; set; } = TimeSpan.FromSeconds(12);

    /// <summary>For all attempts and the pauses between them.</summary>
    public TimeSpan Total { get; set; } = TimeSpan.FromSeconds(40);

    /// <summary>For the same, where a person waits for the page: whoever hears nothing for longer takes the site for broken.</summary>
    public TimeSpan Person { get; set; } = TimeSpan.FromSeconds(15);

    public int Retries { get; set; } = 3;

    /// <summary>Before the first retry; doubled for each further one, and jittered.</summary>
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromMilliseconds(400);

    /// <summary>When a call is to be made again that failed in spite of all attempts.</summary>
    public TimeSpan AfterFault { get; set; } = TimeSpan.FromSeconds(20);
}
