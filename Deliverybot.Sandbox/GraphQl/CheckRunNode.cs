using Deliverybot.Sandbox.Rendering;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.GraphQl;

/// <summary>A check run.</summary>
internal sealed class CheckRunNode(GitHubWorld world, Repository repository, CheckRun run)
{
    public string Id => NodeId.Of("CheckRun", run.Id);

    public int? DatabaseId => NodeId.AsInt(run.Id);

    public string Name => run.Name;

    public string Status => run.Status.ToUpperInvariant();

    public string? Conclusion => run.Conclusion?.ToUpperInvariant();

    public string DetailsUrl => CheckJson.DetailsUrl(world, repository, run);

    public string Url => DetailsUrl;

    public string StartedAt => run.StartedAt.Iso();

    public string? CompletedAt => run.CompletedAt.Iso();

    public CheckSuiteNode CheckSuite => new(run.Suite);
}
