using Deliverybot.Jobs.DeployFile;
using Deliverybot.Site.Pages.Shared;
using Deliverybot.Site.Rights;

namespace Deliverybot.Site.Pages.Commit;

/// <summary>A commit, and all that was decided about it.</summary>
/// <param name="Access">Whose it is, and what the user may do there.</param>
/// <param name="Head">What GitHub says of it.</param>
/// <param name="Checks">Its statuses and check runs.</param>
/// <param name="Records">A record for each target that it was wished for, in the order of the file.</param>
/// <param name="Unasked">The targets that nobody and nothing has wished it for.</param>
/// <param name="FileThen">Why its own file would not have had it deployed; null where that is sound, or nothing depends on it.</param>
/// <param name="File">What its targets are, or why there are none.</param>
/// <param name="Moments">What happened, the newest first.</param>
internal sealed record CommitView(
    RepositoryAccess Access,
    CommitHead Head,
    ChecksView Checks,
    IReadOnlyList<TargetRecord> Records,
    IReadOnlyList<UnaskedTarget> Unasked,
    string? FileThen,
    DeployFileState File,
    IReadOnlyList<CommitMoment> Moments)
{
    /// <summary>The events of its repository that wait to be worked on; null where none does.</summary>
    public EventsBehind? Behind { get; init; }

    /// <summary>What the tab of the browser shows.</summary>
    public PageState State => PageStates.Of(
        Records.SelectMany(record => record.All.Select(wish => (record.Environment, wish)))
            .OrderByDescending(made => made.wish.Id)
            .Select(made => (made.Environment, made.wish.State.Page)));
}
