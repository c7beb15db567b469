using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Core;

/// <summary>What a target's templates gave for one commit, or the sentence why they gave nothing.</summary>
internal abstract record RenderedWish
{
    private RenderedWish()
    {
    }

    /// <param name="Payload">JSON, without our own id.</param>
    public sealed record Whole(EnvironmentName Environment, string Description, string Payload) : RenderedWish;

    public sealed record Broken(string Reason) : RenderedWish;
}
