using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;

namespace Deliverybot.Site.Pages.Deployments;

/// <summary>What set a deployment off, in one word: to read, and to narrow the history down to.</summary>
/// <param name="Value">What addresses say.</param>
/// <param name="Label">A name by itself.</param>
/// <param name="Told">The beginning of "… by octocat".</param>
/// <param name="Cause">Only those; null: all. So are the others.</param>
internal sealed record TriggerChoice(
    string Value, string Label, string Told, DeploymentCause? Cause = null, DeploymentAct? Act = null, DeploymentVia? Via = null)
{
    public static IReadOnlyList<TriggerChoice> All { get; } =
    [
        new("push", "Push", "pushed", DeploymentCause.Push),
        new("pullrequest", "Pull request", "pull request", DeploymentCause.PullRequest),
        new("release", "Release", "released", DeploymentCause.Release),
        new("comment", "Command in a pull request", "commanded", DeploymentCause.Person, DeploymentAct.Deploy, DeploymentVia.Comment),
        new("web", "Deliverybot’s pages", "deployed", DeploymentCause.Person, DeploymentAct.Deploy, DeploymentVia.Web),
        new("slack", "Slack", "deployed from Slack", DeploymentCause.Person, DeploymentAct.Deploy, DeploymentVia.Slack),
        new("rollback", "Rollback", StateWords.BroughtBack, Act: DeploymentAct.Rollback),
        new("pipeline", "Earlier target", "passed on", DeploymentCause.Pipeline),
        new("external", "Somebody else’s", "made at GitHub", DeploymentCause.External),
    ];

    public static TriggerChoice? Find(string? value) =>
        All.FirstOrDefault(choice => string.Equals(choice.Value, value, StringComparison.OrdinalIgnoreCase));

    public static TriggerChoice Of(DeploymentOrigin origin) => All.First(choice =>
        (choice.Cause is null || choice.Cause == origin.Cause)
        && (choice.Act is null || choice.Act == origin.Act)
        && (choice.Via is null || choice.Via == origin.Via));

    /// <summary>How it came about, and by whom; of what was forced, past what. What came to nothing was only asked for.</summary>
    public static string Tell(DeploymentOrigin origin, DeploymentState state, bool force, GitHubLogin by, Sentence? past) => state.IsUndeployed()
        ? $"{Of(origin).Asked} by {by}{(force ? ", to be forced" : "")}"
        : StateWords.By(by, force, past, origin.Act is DeploymentAct.Rollback ? StateWords.OfRollback(state) : Of(origin).Told);

    /// <param name="read">With its looks.</param>
    public static string Tell(Deployment read) => Tell(read.Origin, read.State, read.Force, read.RequestedBy.Login, ForcedPast.Of(read));

    /// <summary>The same where nothing came of it: nobody has deployed then, or rolled back.</summary>
    private string Asked => (Act, Via) switch
    {
        (DeploymentAct.Rollback, _) => "rollback asked for",
        (_, DeploymentVia.Slack) => "asked for from Slack",
        (_, DeploymentVia.Web or DeploymentVia.Comment) => "asked for",
        _ => Told,
    };

    /// <summary>Those of these rows that are so.</summary>
    public IQueryable<Deployment> In(IQueryable<Deployment> rows)
    {
        rows = Cause is { } cause ? rows.Where(row => row.Cause == cause) : rows;
        rows = Act is { } act ? rows.Where(row => row.Act == act) : rows;
        return Via is { } via ? rows.Where(row => row.Via == via) : rows;
    }
}
