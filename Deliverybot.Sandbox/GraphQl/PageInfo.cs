namespace Deliverybot.Sandbox.GraphQl;

/// <summary>What lies before and after a page.</summary>
internal sealed record PageInfo(bool HasNextPage, bool HasPreviousPage, string? StartCursor, string? EndCursor);
