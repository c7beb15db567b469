using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Page.Views;

/// <summary>Somebody who can act in a repository, and what he may do there.</summary>
public sealed record PersonView(string Login, RepositoryPermission Permission)
{
    public bool MayWrite => Permission >= RepositoryPermission.Write;

    internal static IReadOnlyList<PersonView> AllFor(GitHubWorld world, Repository repository) =>
        [.. from account in world.Accounts
            where account.Kind == AccountKind.User
            let permission = world.PermissionOf(account, repository)
            where permission > RepositoryPermission.None
            let person = new PersonView(account.Login, permission)
            orderby person.MayWrite descending, person.Login
            select person];
}
