using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Environments;

/// <summary>A row and the board it stands on.</summary>
internal sealed record EnvironmentView(BoardView Board, EnvironmentRow Row)
{
    public RepositoryName Repository => Board.Access.Name;

    public bool MayAct => Board.Access.CanWrite;

    public string ReturnUrl => EnvironmentsLinks.One(Repository, Row.Environment);

    /// <summary>What an open page compares to see whether the row has changed: its form carries the head.</summary>
    public string Stamp => OffersHead ? $"{Row.Stamp}-{Board.Head?.Short}" : Row.Stamp;

    /// <summary>Whether the head of the default branch can be brought here by a click.</summary>
    public bool OffersHead => !Row.IsPreview && Row.Targets.Count > 0 && Board.Head is { } head && head != Row.Live?.Sha;
}
