using System.Runtime.CompilerServices;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;

namespace Deliverybot.Jobs.Acts;

/// <summary>What came of an act, for every surface: it is worded here, and only set there.</summary>
/// <param name="Sentence">What is to be said, or why; empty where the headline says all.</param>
internal sealed record ActResult(ActEnd End, Headline Headline, Sentence Sentence)
{
    /// <summary>The sentence gives a reason, which is understood with the headline before it.</summary>
    public bool IsReason { get; init; }

    /// <summary>The row that it is about, with what each gate said.</summary>
    public DeploymentId? Deployment { get; init; }

    public IReadOnlyList<ActHint> Hints { get; init; } = [];

    public static ActResult Because(ActEnd end, Headline headline, Sentence reason) => new(end, headline, reason) { IsReason = true };

    /// <param name="id">The row that waits.</param>
    /// <param name="reason">What for.</param>
    public static ActResult ItWaits(DeploymentId id, Sentence reason) => new(ActEnd.Waits, $"It waits", $"It waits: {reason}") { Deployment = id };

    public static ActResult Unavailable(Headline headline, string reason) =>
        Because(ActEnd.Unavailable, headline, Sentence.Plain(reason)) with { Hints = [new ActHint.TryLater()] };

    /// <summary>Others have the environment's turn, and were waited for long enough: nothing was done.</summary>
    public static ActResult Busy(TurnTakenException taken) => Because(ActEnd.Refused, $"Busy, try again", Sentence.Plain(taken.Reason));

    /// <summary>All of it, by the ways of a surface.</summary>
    public string Say(Func<string, Uri?, string> name, Func<string, string> text) =>
        Sentence.IsEmpty ? $"{Headline.Show(name, text)}."
        : IsReason ? $"{Headline.Show(name, text)}. {text(Sentence)}"
        : text(Sentence);

    /// <summary>All of it, as plain text.</summary>
    public string Say() => Say((name, _) => name, text => text);
}

/// <summary>How an act ended. By this a surface decides what it does (status, reaction, who is told); what is said is the result's own.</summary>
internal enum ActEnd
{
    /// <summary>GitHub has made the deployment. How it goes on is told where it is followed.</summary>
    UnderWay,

    /// <summary>It waits, and goes out by itself once it may.</summary>
    Waits,

    Done,

    /// <summary>It was so already, by the same act.</summary>
    Already,

    /// <summary>There was nothing to do it to, and all is as the person wants it.</summary>
    Nothing,

    /// <summary>A gate, a person, GitHub or the state of things stands in the way.</summary>
    Refused,

    /// <summary>The person may only look.</summary>
    NotAllowed,

    /// <summary>There is no such thing, or it can't be said so.</summary>
    Unknown,

    /// <summary>GitHub was asked, and its answer was lost: the row says in a minute what became of it.</summary>
    Unsure,

    /// <summary>GitHub can't be used now; nothing was done.</summary>
    Unavailable,
}

/// <summary>What a person can do next. Each surface says in its own way how that is done there.</summary>
internal abstract record ActHint
{
    private ActHint()
    {
    }

    public abstract T Say<T>(IHintWords<T> words);

    /// <summary>The same with <c>force</c> would pass.</summary>
    public sealed record Force : ActHint
    {
        public override T Say<T>(IHintWords<T> words) => words.Of(this);
    }

    /// <summary>The same would go out by itself once it may, if it was let wait.</summary>
    public sealed record Wait : ActHint
    {
        public override T Say<T>(IHintWords<T> words) => words.Of(this);
    }

    /// <summary>Somebody's lock stands in the way; whose, the sentence says.</summary>
    public sealed record LockedBySomebody(EnvironmentName Environment) : ActHint
    {
        public override T Say<T>(IHintWords<T> words) => words.Of(this);
    }

    /// <summary>A lock, and when it ends by itself.</summary>
    public sealed record Unlock(EnvironmentName Environment, DateTimeOffset? Until) : ActHint
    {
        public override T Say<T>(IHintWords<T> words) => words.Of(this);
    }

    /// <summary>Automatic deployments are held until somebody unlocks.</summary>
    public sealed record LetGo(EnvironmentName Environment) : ActHint
    {
        public override T Say<T>(IHintWords<T> words) => words.Of(this);
    }

    /// <summary>What becomes of what waited for this.</summary>
    /// <param name="IsUnderWay">Whether something goes on by itself.</param>
    public sealed record GoesOn(Sentence What, bool IsUnderWay) : ActHint
    {
        public override T Say<T>(IHintWords<T> words) => words.Of(this);
    }

    public sealed record TryLater : ActHint
    {
        public override T Say<T>(IHintWords<T> words) => words.Of(this);
    }

    /// <summary>The commit has to go well at an earlier target first.</summary>
    /// <param name="Ref">The branch or tag that it was wished for.</param>
    public sealed record DeployBefore(TargetName Target, CommitSha Sha, GitRef? Ref) : ActHint
    {
        public override T Say<T>(IHintWords<T> words) => words.Of(this);
    }

    /// <summary>Where it is to be seen what is in the way.</summary>
    /// <param name="Address">Null where no address is set.</param>
    public sealed record LookAt(string What, Uri? Address) : ActHint
    {
        public override T Say<T>(IHintWords<T> words) => words.Of(this);
    }

    /// <summary>What is done the same way wherever it is read.</summary>
    public sealed record Next(Sentence Step) : ActHint
    {
        public override T Say<T>(IHintWords<T> words) => words.Of(this);
    }
}

/// <summary>What helps whom the file doesn't let.</summary>
internal static class PersonsHint
{
    public static readonly ActHint AskSomebody = new ActHint.Next($"Ask somebody who may, or change permissions in {DeployFile.DeployFiles.Path}.");
}

/// <summary>A surface's words for each hint: one that is added has to be given words on every surface.</summary>
internal interface IHintWords<out T>
{
    T Of(ActHint.Force hint);

    T Of(ActHint.Wait hint);

    T Of(ActHint.LockedBySomebody hint);

    T Of(ActHint.Unlock hint);

    T Of(ActHint.LetGo hint);

    T Of(ActHint.GoesOn hint);

    T Of(ActHint.TryLater hint);

    T Of(ActHint.DeployBefore hint);

    T Of(ActHint.LookAt hint);

    T Of(ActHint.Next hint);
}

/// <summary>
/// What came of an act in a few words, without the full stop. It is written as an interpolated text: what is filled in is a name, which
/// each surface sets as it sets names; a <see cref="Sentence"/> stays text, and a <see cref="LinkedName"/> may lead somewhere.
/// </summary>
[InterpolatedStringHandler]
internal sealed class Headline(int literalLength, int formattedCount)
{
    private readonly List<Part> _parts = new(literalLength > 0 ? formattedCount + 1 : formattedCount);

    public void AppendLiteral(string ours) => _parts.Add(new Part(ours, null, null));

    public void AppendFormatted(Sentence text) => _parts.Add(new Part(null, text, null));

    public void AppendFormatted(LinkedName name) => _parts.Add(new Part(null, null, name));

    public void AppendFormatted<T>(T name) => _parts.Add(new Part(null, null, new LinkedName(name?.ToString() ?? "", null)));

    /// <param name="name">How a name is set; it may have an address.</param>
    /// <param name="text">How a text is set that others have a part in.</param>
    public string Show(Func<string, Uri?, string> name, Func<string, string> text) => string.Concat(_parts.Select(part => part switch
    {
        { Name: { } called } => name(called.Name, called.Address),
        { Text: { } sentence } => text(sentence),
        { Ours: var ours } => ours,
    }));

    public override string ToString() => Show((name, _) => name, text => text);

    private readonly record struct Part(string? Ours, Sentence? Text, LinkedName? Name);
}

/// <summary>A name, and where it can be looked at; null where no address is set.</summary>
internal readonly record struct LinkedName(string Name, Uri? Address);
