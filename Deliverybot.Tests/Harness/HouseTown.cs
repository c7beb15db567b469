using System.Globalization;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Tests.Harness;

/// <summary>Who lives at the house's GitHub.</summary>
internal sealed class HouseTown
{
    private readonly GitHubWorld world;
    private readonly Account acme;
    private int repositories;

    public HouseTown(GitHubWorld world)
    {
        this.world = world;
        Ada = world.CreateUser("ada");
        Rita = world.CreateUser("rita");
        acme = world.CreateOrganisation("acme", world.CreateUser("olive"));
        world.AddMember(acme, Ada);
        world.AddMember(acme, Rita);
        world.Install(acme);
    }

    public Account Ada { get; }

    public Account Rita { get; }

    public Repository CreateRepository(string? deployFile)
    {
        var name = $"shop-{Interlocked.Increment(ref repositories).ToString(CultureInfo.InvariantCulture)}";
        var files = new Dictionary<string, string> { ["README.md"] = $"# {name}\n" };
        if (deployFile is not null)
        {
            files[".github/deploy.yml"] = deployFile;
        }

        var repository = world.CreateRepository(acme, name, files);
        world.SetPermission(Ada, repository, RepositoryPermission.Write);
        world.SetPermission(Rita, repository, RepositoryPermission.Read);
        return repository;
    }
}
