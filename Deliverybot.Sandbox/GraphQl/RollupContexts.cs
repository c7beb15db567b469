namespace Deliverybot.Sandbox.GraphQl;

/// <summary>The connection of a rollup, which also counts each kind.</summary>
internal sealed record RollupContexts(Connection<object> Page, int CheckRunCount, int StatusContextCount)
{
    public IEnumerable<object> Nodes => Page.Nodes;

    public PageInfo PageInfo => Page.PageInfo;

    public int TotalCount => Page.TotalCount;
}
