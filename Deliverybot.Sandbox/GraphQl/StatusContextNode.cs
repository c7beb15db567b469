using Deliverybot.Sandbox.Rendering;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.GraphQl;

/// <summary>A commit status.</summary>
internal sealed class StatusContextNode(GitHubWorld world, CommitStatus status)
{
    public string Id => NodeId.Of("StatusContext", status.Id);

    public string Context => status.Context;

    public string State => status.State.ToUpperInvariant();

    public string? Description => status.Description;

    public string? TargetUrl => status.TargetUrl;

    public string AvatarUrl => AccountJson.Avatar(world.Urls, status.Creator);

    public string CreatedAt => status.CreatedAt.Iso();

    public AccountNode Creator => AccountNode.Of(world, status.Creator);
}
