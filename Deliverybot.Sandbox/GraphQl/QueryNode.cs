using Deliverybot.Sandbox.Rendering;
using Deliverybot.Sandbox.Rest;
using GraphQL;

namespace Deliverybot.Sandbox.GraphQl;

/// <summary>Where every query starts.</summary>
[GraphQLMetadata("Query")]
internal sealed class QueryNode(RestCall call, RateLimits limits)
{
    public AccountNode Viewer() => AccountNode.Of(call.World, call.Actor);

    public RepositoryNode Repository(string owner, string name)
    {
        var repository = call.World.FindRepository($"{owner}/{name}");
        return repository is not null && Gatekeeper.MaySee(call.World, call.Caller, repository)
            ? new RepositoryNode(call, repository)
            : throw new GraphQlProblem("NOT_FOUND", $"Could not resolve to a Repository with the name '{owner}/{name}'.");
    }

    public RateLimitNode RateLimit()
    {
        var (remaining, used, reset) = limits.Of(call.Caller.LimitKey);
        return new RateLimitNode(limits.Limit, 1, remaining, used, reset.Iso());
    }
}
