using Deliverybot.Data.Names;
using Deliverybot.Site.Addresses;

namespace Deliverybot.Site.Pages.Environments;

/// <summary>A row and the board it stands on.</summary>
internal sealed record EnvironmentView(BoardView Board, EnvironmentRow Row)
{
    public RepositoryName Repository => Board.Access.Name;

    public bool MayAct => Board.Access.CanWrite && Board.IsLetIn;

    /// <summary>The note that says why nothing can be done.</summary>
    public string Why => Board.IsLetIn ? "read-only" : "app-note";

    public string ReturnUrl => Address.Environment(Repository, Board.Window.Query.Parts, Row.Environment);

    /// <summary>The form by itself, for a menu that opens.</summary>
    public string FormOf(RowForm act) => Address.EnvironmentForm(Repository, Board.Window.Query.Parts, Word(act), Row.Environment);

    /// <summary>This page with the form on it: what the menu leads to without scripts.</summary>
    public string PageOf(RowForm act) => Address.EnvironmentActing(Repository, Board.Window.Query.Parts, Word(act), Row.Environment);

    /// <summary>What an open page compares to see whether the row has changed: its form deploys the head.</summary>
    public string Stamp => OffersHead ? $"{Row.Stamp}-{Board.Head?.Short}" : Row.Stamp;

    /// <summary>Whether the head of the default branch can be brought here by a click.</summary>
    public bool OffersHead => !Row.IsPreview && Row.Targets.Count > 0 && Board.Head is { } head && head != Row.Live?.Sha;

    /// <summary>How it stands, in a line: what an open form is told where that has changed.</summary>
    public string Now => string.Join(", ",
    [
        Row.Live is { Sha: var live } ? $"{live.Short} is live" : "nothing is live",
        .. Row.Failed is { Sha: var failed } ? [$"{failed.Short} failed"] : Array.Empty<string>(),
        .. Row.WayShown.Select(way => $"{way.Sha.Short} {way.State.Label}"),
        .. Row.Lock is { Holder: var holder } ? [$"locked by {holder}"] : Array.Empty<string>(),
        .. Row.Hold is { Holder: var back } ? [$"held since {back} rolled it back"] : Array.Empty<string>(),
    ]);

    private static string Word(RowForm act) => act.ToString().ToLowerInvariant();
}
