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
    /// <summary>Whether another click with <c>force</c> may help.</summary>
    public bool MayForce { get; private init; }

    public bool IsDone => Status == StatusCodes.Status303SeeOther;

    public static ActAnswer Of(ActResult result)
    {
        var status = StatusOf(result.End);
        return new ActAnswer(
            status,
            result.Headline.ToString().Replace('\'', '’'),
            status == StatusCodes.Status303SeeOther ? result.Say() : result.Sentence.ToString(),
            result.Deployment)
        {
            MayForce = result.Hints.Any(hint => hint is ActHint.Force),
        };
    }

    private static int StatusOf(ActEnd end) => end switch
    {
        ActEnd.UnderWay or ActEnd.Done or ActEnd.Already => StatusCodes.Status303SeeOther,
        ActEnd.NotAllowed => StatusCodes.Status403Forbidden,
        ActEnd.Unknown => StatusCodes.Status422UnprocessableEntity,
        ActEnd.Unsure or ActEnd.Unavailable => StatusCodes.Status503ServiceUnavailable,
        ActEnd.Nothing or ActEnd.Refused => StatusCodes.Status409Conflict,
    };
}
