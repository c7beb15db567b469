namespace Deliverybot.Sandbox.World;

public sealed partial class GitHubWorld
{
    public Account CreateUser(string login, string? name = null)
    {
        lock (Gate)
        {
            return AddAccount(login, AccountKind.User, name ?? login);
        }
    }

    /// <param name="owners">Members who are admins of all its repositories.</param>
    public Account CreateOrganisation(string login, params Account[] owners)
    {
        lock (Gate)
        {
            var organisation = AddAccount(login, AccountKind.Organization, login);
            foreach (var owner in owners)
            {
                organisation.Members[owner.Id] = true;
            }

            return organisation;
        }
    }

    public void AddMember(Account organisation, Account user)
    {
        lock (Gate)
        {
            organisation.Members.TryAdd(user.Id, false);
        }
    }

    public void SetPermission(Account user, Repository repository, RepositoryPermission permission)
    {
        lock (Gate)
        {
            repository.Collaborators[user.Id] = permission;
        }
    }

    /// <summary>A permission that was set counts; else owners administer, and everybody reads what is public.</summary>
    public RepositoryPermission PermissionOf(Account user, Repository repository)
    {
        lock (Gate)
        {
            if (repository.Owner.Id == user.Id || repository.Owner.Members.GetValueOrDefault(user.Id))
            {
                return RepositoryPermission.Admin;
            }

            var least = repository.Private ? RepositoryPermission.None : RepositoryPermission.Read;
            var given = repository.Collaborators.GetValueOrDefault(user.Id, least);
            return given > least ? given : least;
        }
    }

    /// <summary>The login is free at once for somebody else; Apps aren't told.</summary>
    public void RenameUser(Account user, string login)
    {
        lock (Gate)
        {
            _accounts.Remove(user.Login);
            user.Login = login;
            _accounts.Add(login, user);
        }
    }

    private Account AddAccount(string login, AccountKind kind, string name)
    {
        var account = new Account(NextId(), login, kind, name, Now());
        _accounts.Add(login, account);
        return account;
    }
}
