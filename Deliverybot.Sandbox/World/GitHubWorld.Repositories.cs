using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Deliverybot.Sandbox.Rendering;

namespace Deliverybot.Sandbox.World;

public sealed partial class GitHubWorld
{
    /// <summary>A repository with one commit on its default branch.</summary>
    public Repository CreateRepository(
        Account owner,
        string name,
        IReadOnlyDictionary<string, string>? files = null,
        bool isPrivate = false,
        string defaultBranch = "main",
        string? description = null)
    {
        lock (Gate)
        {
            var repository = new Repository(Gate, NextId(), owner, name, new ObjectStore(), Now())
            {
                Private = isPrivate,
                DefaultBranch = defaultBranch,
                Description = description,
            };
            var tree = (files ?? new Dictionary<string, string> { ["README.md"] = $"# {name}\n" }).ToImmutableDictionary(StringComparer.Ordinal);
            var author = owner.Kind == AccountKind.User
                ? owner
                : _accounts.Values.FirstOrDefault(account => owner.Members.ContainsKey(account.Id)) ?? owner;
            repository.Heads[defaultBranch] = repository.Objects.Add([], tree, author, "Initial commit", Now(), NextSequence()).Sha;
            Register(repository);
            foreach (var installation in _installations.Values.Where(candidate => candidate.AllRepositories && candidate.Account.Id == owner.Id))
            {
                EmitInstallationRepositories(installation, "added", [repository], author);
            }

            Emit("repository", repository, author, new JsonObject { ["action"] = "created" });
            return repository;
        }
    }

    /// <summary>A copy of the branches; its commits are visible under the base repository's address too.</summary>
    public Repository Fork(Repository repository, Account owner)
    {
        lock (Gate)
        {
            var fork = new Repository(Gate, NextId(), owner, repository.Name, repository.Objects, Now())
            {
                ForkOf = repository,
                Private = repository.Private,
                DefaultBranch = repository.DefaultBranch,
            };
            foreach (var (branch, sha) in repository.Heads)
            {
                fork.Heads[branch] = sha;
            }

            Register(fork);
            return fork;
        }
    }

    public void RenameRepository(Repository repository, string name, Account sender)
    {
        lock (Gate)
        {
            var before = repository.Name;
            _repositoriesByName.Remove(repository.FullName);
            _formerNames[repository.FullName] = repository;
            repository.Name = name;
            _repositoriesByName[repository.FullName] = repository;
            Emit("repository", repository, sender, new JsonObject
            {
                ["action"] = "renamed",
                ["changes"] = new JsonObject { ["repository"] = new JsonObject { ["name"] = new JsonObject { ["from"] = before } } },
            });
        }
    }

    /// <summary>An installation on the old account no longer covers it; one on all repositories of the new account does.</summary>
    public void TransferRepository(Repository repository, Account owner, Account sender)
    {
        lock (Gate)
        {
            var before = repository.Owner;
            var old = InstallationOf(repository);
            _repositoriesByName.Remove(repository.FullName);
            _formerNames[repository.FullName] = repository;
            repository.Owner = owner;
            _repositoriesByName[repository.FullName] = repository;
            if (old is not null && owner.Id != old.Account.Id)
            {
                old.Selected.Remove(repository.Id);
                EmitInstallationRepositories(old, "removed", [repository], sender);
            }

            var kind = before.Kind == AccountKind.Organization ? "organization" : "user";
            Emit("repository", repository, sender, new JsonObject
            {
                ["action"] = "transferred",
                ["changes"] = new JsonObject
                {
                    ["owner"] = new JsonObject { ["from"] = new JsonObject { [kind] = AccountJson.Simple(Urls, before) } },
                },
            });
        }
    }

    public void ArchiveRepository(Repository repository, Account sender)
    {
        lock (Gate)
        {
            repository.Archived = true;
            Emit("repository", repository, sender, new JsonObject { ["action"] = "archived" });
        }
    }

    public void UnarchiveRepository(Repository repository, Account sender)
    {
        lock (Gate)
        {
            repository.Archived = false;
            Emit("repository", repository, sender, new JsonObject { ["action"] = "unarchived" });
        }
    }

    /// <summary>Its name is free from now on, and its number never another's.</summary>
    public void DeleteRepository(Repository repository, Account sender)
    {
        lock (Gate)
        {
            Emit("repository", repository, sender, new JsonObject { ["action"] = "deleted" });
            _repositories.Remove(repository.Id);
            _repositoriesByName.Remove(repository.FullName);
        }
    }

    /// <summary>Moves the default branch to another existing one.</summary>
    public void SetDefaultBranch(Repository repository, string branch, Account sender)
    {
        lock (Gate)
        {
            var before = repository.DefaultBranch;
            repository.DefaultBranch = branch;
            Emit("repository", repository, sender, new JsonObject
            {
                ["action"] = "edited",
                ["changes"] = new JsonObject { ["default_branch"] = new JsonObject { ["from"] = before } },
            });
        }
    }

    private void Register(Repository repository)
    {
        _repositories.Add(repository.Id, repository);
        _repositoriesByName.Add(repository.FullName, repository);
    }
}
