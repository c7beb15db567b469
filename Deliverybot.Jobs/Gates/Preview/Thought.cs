using Deliverybot.Jobs.DeployFile;

namespace Deliverybot.Jobs.Gates.Preview;

/// <summary>The wish that an event would make at a target, or why there would be none to decide on.</summary>
internal abstract record Thought
{
    private Thought()
    {
    }

    public sealed record Of(WishFacts Wish, AutoDeployRule Rule, bool NeedsGitHub) : Thought;

    public sealed record None(Rehearsed Answer) : Thought;
}
