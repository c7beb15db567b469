using Deliverybot.Sandbox.Rendering;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.GraphQl;

/// <summary>User, Organization or Bot.</summary>
internal abstract class AccountNode(GitHubWorld world, Account account)
{
    public string Id => NodeId.Of(account.Kind.ToString(), account.Id);

    public long DatabaseId => account.Id;

    public string Login => account.Login;

    public string Name => account.Name;

    public string Email => account.Email;

    public string AvatarUrl => AccountJson.Avatar(world.Urls, account);

    public string Url => AccountJson.HtmlUrl(world.Urls, account);

    public static AccountNode Of(GitHubWorld world, Account account) => account.Kind switch
    {
        AccountKind.Organization => new OrganizationNode(world, account),
        AccountKind.Bot => new BotNode(world, account),
        _ => new UserNode(world, account),
    };
}
