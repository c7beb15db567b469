using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Page.Views;

/// <summary>Somebody who can act in a repository, and what he may do there.</summary>
/// <param name="IsKnown">Somebody has given him a right; a stranger sees what is public.</param>
public sealed record PersonView(string Login, RepositoryPermission Permission, bool IsKnown)
{
    public bool MayWrite => Permission >= RepositoryPermission.Write;

    internal static IReadOnlyList<PersonView> AllFor(GitHubWorld world, Repository repository) =>
        [.. from account in world.Accounts
            where account.Kind == AccountKind.User
            let permission = world.PermissionOf(account, repository)
            where permission > RepositoryPermission.None
            let person = new PersonView(account.Login, permission, permission > RepositoryPermission.Read || repository.Collaborators.ContainsKey(account.Id))
            orderby person.MayWrite descending, person.Login
            select person];
}
