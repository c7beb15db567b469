using Deliverybot.Sandbox.Rendering;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.GraphQl;

/// <summary>Who made a commit or tag, by git's account of it.</summary>
internal sealed class GitActorNode(GitHubWorld world, Account account, DateTimeOffset date)
{
    public string Name => account.Name;

    public string Email => account.Email;

    public string Date => date.Iso();

    public string AvatarUrl => AccountJson.Avatar(world.Urls, account);

    public UserNode? User => account.Kind == AccountKind.User ? new UserNode(world, account) : null;
}
