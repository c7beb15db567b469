using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.GraphQl;

/// <summary>A person.</summary>
internal sealed class UserNode(GitHubWorld world, Account account) : AccountNode(world, account);
