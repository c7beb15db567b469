using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.GraphQl;

/// <summary>The account of an App.</summary>
internal sealed class BotNode(GitHubWorld world, Account account) : AccountNode(world, account);
