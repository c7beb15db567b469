using System.Text.Json.Nodes;
using Deliverybot.Sandbox.Rendering;

namespace Deliverybot.Sandbox.World;

public sealed partial class GitHubWorld
{
    /// <summary>Installs the App for the named repositories, or for all of the account when none is named.</summary>
    public Installation Install(Account account, params Repository[] repositories)
    {
        lock (Gate)
        {
            var installation = new Installation
            {
                Id = NextId(),
                Account = account,
                CreatedAt = Now(),
                AllRepositories = repositories.Length == 0,
            };
            installation.Selected.UnionWith(repositories.Select(repository => repository.Id));
            _installations.Add(installation.Id, installation);
            EmitInstallation(installation, "created");
            return installation;
        }
    }

    public void Uninstall(Installation installation)
    {
        lock (Gate)
        {
            EmitInstallation(installation, "deleted");
            _installations.Remove(installation.Id);
            Tokens.RevokeInstallation(installation.Id);
        }
    }

    public void Suspend(Installation installation)
    {
        lock (Gate)
        {
            installation.SuspendedAt = Now();
            EmitInstallation(installation, "suspend");
        }
    }

    public void Unsuspend(Installation installation)
    {
        lock (Gate)
        {
            installation.SuspendedAt = null;
            EmitInstallation(installation, "unsuspend");
        }
    }

    public void AddRepositories(Installation installation, params Repository[] repositories)
    {
        lock (Gate)
        {
            installation.Selected.UnionWith(repositories.Select(repository => repository.Id));
            EmitInstallationRepositories(installation, "added", repositories, installation.Account);
        }
    }

    /// <summary>An installation on all repositories becomes one on the others.</summary>
    public void RemoveRepositories(Installation installation, params Repository[] repositories)
    {
        lock (Gate)
        {
            ChooseRepositories(installation);
            installation.Selected.ExceptWith(repositories.Select(repository => repository.Id));
            EmitInstallationRepositories(installation, "removed", repositories, installation.Account);
        }
    }

    /// <summary>Keeps the App to the repositories that it has: whatever comes later has to be let in.</summary>
    public void ChooseRepositories(Installation installation)
    {
        lock (Gate)
        {
            if (installation.AllRepositories)
            {
                installation.Selected.UnionWith(CoveredBy(installation).Select(repository => repository.Id));
                installation.AllRepositories = false;
            }
        }
    }

    /// <summary>Lets the App into all repositories of the account, those to come included.</summary>
    public void ReachAllRepositories(Installation installation)
    {
        lock (Gate)
        {
            var before = CoveredBy(installation);
            installation.AllRepositories = true;
            installation.Selected.Clear();
            if (CoveredBy(installation).Except(before).ToList() is { Count: > 0 } added)
            {
                EmitInstallationRepositories(installation, "added", added, installation.Account);
            }
        }
    }

    internal IReadOnlyList<Repository> CoveredBy(Installation installation) =>
        Read(_ => _repositories.Values.Where(installation.Covers).ToList());

    private void EmitInstallation(Installation installation, string action)
    {
        var body = new JsonObject
        {
            ["action"] = action,
            ["installation"] = InstallationJson.Of(this, installation),
            ["repositories"] = RepositoryJson.Names(CoveredBy(installation)),
            ["requester"] = null,
        };
        Send("installation", installation, null, installation.Account, body);
        Happened?.Invoke(new WorldEvent("installation", action, null, installation.Account));
    }

    private void EmitInstallationRepositories(Installation installation, string action, IReadOnlyList<Repository> repositories, Account sender)
    {
        var body = new JsonObject
        {
            ["action"] = action,
            ["installation"] = InstallationJson.Of(this, installation),
            ["repository_selection"] = installation.AllRepositories ? "all" : "selected",
            ["repositories_added"] = action == "added" ? RepositoryJson.Names(repositories) : new JsonArray(),
            ["repositories_removed"] = action == "removed" ? RepositoryJson.Names(repositories) : new JsonArray(),
            ["requester"] = null,
        };
        Send("installation_repositories", installation, null, sender, body);
        Happened?.Invoke(new WorldEvent("installation_repositories", action, null, sender));
    }
}
