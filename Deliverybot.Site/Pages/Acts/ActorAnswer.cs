using Deliverybot.Site.Rights;

namespace Deliverybot.Site.Pages.Acts;

/// <summary>Whether the signed-in person may change anything.</summary>
internal abstract record ActorAnswer
{
    private ActorAnswer()
    {
    }

    /// <summary>There is no such repository, as far as this person can see.</summary>
    public sealed record Hidden : ActorAnswer;

    /// <summary>The person may look only, or Deliverybot isn't there.</summary>
    public sealed record MayNot(RepositoryAccess Access, ActAnswer Answer) : ActorAnswer;

    public sealed record May(Actor Actor) : ActorAnswer;
}
