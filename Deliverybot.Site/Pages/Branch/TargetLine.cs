using Deliverybot.Data.Names;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Site.Pages.Shared;

namespace Deliverybot.Site.Pages.Branch;

/// <summary>A target to pick, and what it would do now.</summary>
/// <param name="Name">Its key in <c>deploy.yml</c>.</param>
/// <param name="Word">What would happen, in a sentence; a blank where that hasn't been asked.</param>
/// <param name="Tone">Whether that is good.</param>
internal sealed record TargetLine(TargetName Name, string Word, Tone Tone)
{
    /// <summary>Not asked: the word keeps its place.</summary>
    public static TargetLine Unasked(TargetName name) => new(name, "\u00a0", Tone.Plain);

    public static TargetLine Of(Prospect prospect) => prospect switch
    {
        Prospect.Ready ready => new(ready.Target.Name, $"Ready: goes to {ready.Environment} at once.", Tone.Good),
        Prospect.Held held => new(held.Target.Name, held.By.Reason, held.YieldsToForce ? Tone.Wait : Tone.Bad),
        Prospect.Impossible impossible => new(impossible.Target.Name, impossible.Reason, Tone.Bad),
        _ => throw new InvalidOperationException($"A target that would be {prospect} has no meaning here."),
    };
}
