using System.ComponentModel;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Engine;
using Hangfire;

namespace Deliverybot.Jobs.Privacy;

/// <summary>Takes a person out of what is kept. It knows the number alone: a job must not keep the name that is to go.</summary>
internal sealed class ForgetJob(PersonalData data)
{
    /// <param name="user">GitHub's number of the person.</param>
    /// <param name="cancellationToken">Set when the server shuts down.</param>
    [DisplayName("The data of a person is deleted")]
    [RetryLater]
    [AutomaticRetry(Attempts = 10)]
    public Task RunAsync(long user, CancellationToken cancellationToken) => data.ForgetAsync(new GitHubUserId(user), cancellationToken);
}
