using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.GraphQl;

/// <summary>An organisation.</summary>
internal sealed class OrganizationNode(GitHubWorld world, Account account) : AccountNode(world, account);
