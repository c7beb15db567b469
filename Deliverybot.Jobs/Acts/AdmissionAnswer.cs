using Deliverybot.Jobs.GitHub.Access;

namespace Deliverybot.Jobs.Acts;

/// <summary>Whether a person may act in a repository.</summary>
internal abstract record AdmissionAnswer
{
    private AdmissionAnswer()
    {
    }

    /// <summary>There is no such repository, as far as this person can see.</summary>
    public sealed record Hidden : AdmissionAnswer;

    /// <summary>The person may only look, or the App isn't there.</summary>
    public sealed record Refused(RepositoryInfo Seen, ActResult Result) : AdmissionAnswer;

    public sealed record May(RepositoryInfo Seen, Actor Actor) : AdmissionAnswer;
}
