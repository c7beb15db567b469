using System.Diagnostics.CodeAnalysis;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Site.SignIn;

namespace Deliverybot.Site.Rights;

/// <summary>
/// Whether GitHub was found not to answer while this request is answered. A page that can be drawn by our own rows is drawn then, says so,
/// and asks for nothing more.
/// </summary>
internal sealed class GitHubSilence(UserSession session, RememberedAccess remembered)
{
    /// <summary>What was met; null while GitHub answers.</summary>
    public RetryLaterException? Fault { get; private set; }

    [MemberNotNullWhen(true, nameof(Fault))]
    public bool IsMet => Fault is not null;

    /// <summary>When GitHub said that the person may see this; null where it did so within the last minute.</summary>
    public DateTimeOffset? AsOf { get; private set; }

    public void Note(RetryLaterException fault, DateTimeOffset? asOf = null) => (Fault, AsOf) = (fault, asOf ?? AsOf);

    /// <summary>What GitHub says, or what stands in for it where it doesn't.</summary>
    public async Task<T> UnlessMetAsync<T>(Func<Task<T>> ask, T otherwise)
    {
        if (IsMet)
        {
            return otherwise;
        }

        try
        {
            return await ask();
        }
        catch (RetryLaterException fault)
        {
            Note(fault);
            return otherwise;
        }
        catch (UserTokenEndedException)
        {
            remembered.Forget(session.Token);
            throw;
        }
    }
}
