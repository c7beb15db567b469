using Deliverybot.Sandbox.Rendering;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.GraphQl;

/// <summary>A check suite.</summary>
internal sealed class CheckSuiteNode(CheckSuite suite)
{
    public string Id => NodeId.Of("CheckSuite", suite.Id);

    public int? DatabaseId => NodeId.AsInt(suite.Id);

    public string Status => suite.Status.ToUpperInvariant();

    public string? Conclusion => suite.Conclusion?.ToUpperInvariant();

    public AppNode App => new(NodeId.Of("App", suite.App.Id), suite.App.Id, suite.App.Name, suite.App.Slug);
}
