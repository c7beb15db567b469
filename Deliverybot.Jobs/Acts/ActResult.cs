using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Acts;

/// <summary>What came of an act, for every surface: it is worded here, and only set there.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Headline">In a few words.</param>
/// <param name="Sentence">What is to be said, or why; empty where the headline says all.</param>
internal sealed record ActResult(ActEnd End, Headline Headline, Sentence Sentence)
{
    /// <summary>The sentence gives a reason, which is understood with the headline before it.</summary>
    public bool IsReason { get; init; }

    /// <summary>The row that it is about, with what each gate said.</summary>
    public DeploymentId? Deployment { get; init; }

    public IReadOnlyList<ActHint> Hints { get; init; } = [];

    public static ActResult Because(ActEnd end, Headline headline, Sentence reason) => new(end, headline, reason) { IsReason = true };

    public static ActResult Unavailable(Headline headline, string reason) =>
        Because(ActEnd.Unavailable, headline, Sentence.Plain(reason)) with { Hints = [new ActHint.TryLater()] };

    /// <summary>All of it, by the ways of a surface.</summary>
    public string Say(Func<string, Uri?, string> name, Func<string, string> text) =>
        Sentence.IsEmpty ? $"{Headline.Show(name, text)}."
        : IsReason ? $"{Headline.Show(name, text)}. {text(Sentence)}"
        : text(Sentence);

    /// <summary>All of it, as plain text.</summary>
    public string Say() => Say((name, _) => name, text => text);
}
