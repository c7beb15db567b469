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

    private static string Word(RowForm act) => act.ToString().ToLowerInvariant();
}
