using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;

namespace Deliverybot.Site.Pages.Acts;

/// <summary>What came of an act, as the page shows it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">In a few words.</param>
/// <param name="Reason">What was done; or the gate's, or GitHub's, own sentence why it wasn't.</param>
/// <param name="Deployment">The record of it, if there is one.</param>
internal sealed record ActAnswer(int Status, string Title, string Reason, DeploymentId? Deployment)
{
    /// <summary>What can be done next.</summary>
    public IReadOnlyList<ActStep> Steps { get; private init; } = [];

    /// <summary>Whether another click with <c>force</c> may help.</summary>
    public bool MayForce { get; private init; }

    /// <summary>Whether another click may let it wait until it may go out.</summary>
    public bool MayWait { get; private init; }

    public bool IsDone => Status == StatusCodes.Status303SeeOther;

    public static ActAnswer Of(ActResult result)
    {
        var status = StatusOf(result.End);
        return new ActAnswer(
            status,
            result.Headline.ToString().Replace('\'', '’'),
            status == StatusCodes.Status303SeeOther ? string.Join(' ', [result.Say(), .. result.Hints.OfType<ActHint.GoesOn>().Select(hint => hint.What.ToString())]) : result.Sentence.ToString(),
            result.Deployment)
        {
            Steps = [.. result.Hints.Select(hint => hint.Say(new StepWords())).OfType<ActStep>()],
            MayForce = result.Hints.Any(hint => hint is ActHint.Force),
            MayWait = result.Hints.Any(hint => hint is ActHint.Wait),
        };
    }

    private static int StatusOf(ActEnd end) => end switch
    {
        ActEnd.UnderWay or ActEnd.Waits or ActEnd.Done or ActEnd.Already => StatusCodes.Status303SeeOther,
        ActEnd.NotAllowed => StatusCodes.Status403Forbidden,
        ActEnd.Unknown => StatusCodes.Status422UnprocessableEntity,
        ActEnd.Unsure or ActEnd.Unavailable => StatusCodes.Status503ServiceUnavailable,
        ActEnd.Nothing or ActEnd.Refused => StatusCodes.Status409Conflict,
    };
}

/// <summary>What can be done next, where an act was refused: what to do in words, or a form that does it.</summary>
internal sealed record ActStep(string? Words, ActStep.Form? ByForm)
{
    /// <summary>Where to look; null where it leads nowhere.</summary>
    public ActStep.Link? ByLink { get; init; }

    public static ActStep Told(string words) => new(words, ByForm: null);

    internal sealed record Link(string Text, string Address);

    /// <param name="Act">The end of its address.</param>
    /// <param name="Button">What its button is called.</param>
    internal sealed record Form(string Act, string Icon, string Button, IReadOnlyList<(string Name, string Value)> Fields);
}

/// <summary>By pages a hint is followed by a click. Null for one of what was done, and for force and wait: those are the form's own.</summary>
internal sealed class StepWords : IHintWords<ActStep?>
{
    public ActStep? Of(ActHint.Force hint) => null;

    public ActStep? Of(ActHint.Wait hint) => null;

    public ActStep? Of(ActHint.LockedBySomebody hint) => Unlock(hint.Environment);

    public ActStep? Of(ActHint.Unlock hint) => Unlock(hint.Environment);

    public ActStep? Of(ActHint.LetGo hint) => null;

    public ActStep? Of(ActHint.GoesOn hint) => null;

    public ActStep? Of(ActHint.TryLater hint) => ActStep.Told("Please try again later.");

    public ActStep? Of(ActHint.DeployBefore hint) => new(
        Words: null,
        new ActStep.Form(
            "deploy",
            "rocket-takeoff",
            $"Deploy {hint.Sha.Short} to {hint.Target}",
            [
                ("sha", hint.Sha.Value),
                .. hint.Ref is { } from ? [("ref", from.Value)] : Array.Empty<(string, string)>(),
                ("target", hint.Target.Value),
                (Confirmation.Field, "true"),
            ]));

    public ActStep? Of(ActHint.LookAt hint) => hint.Address is { } address
        ? new(Words: null, ByForm: null) { ByLink = new(hint.What, address.AbsoluteUri) }
        : ActStep.Told($"{hint.What}.");

    public ActStep? Of(ActHint.Next hint) => ActStep.Told(hint.Step);

    private static ActStep Unlock(EnvironmentName environment) =>
        new(Words: null, new ActStep.Form("unlock", "unlock", $"Unlock {environment}", [("environment", environment.Value), (Confirmation.Field, "true")]));
}
