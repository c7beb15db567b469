using Deliverybot.Sandbox.Runner;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Seed;

/// <summary>The organisation that one meets in the try-out: acme with its people, repositories and past.</summary>
internal static class DemoOrganisation
{
    public const string Name = "acme";

    public static void Plant(GitHubWorld world, ContinuousIntegration checks)
    {
        var olive = world.CreateUser("olive", "Olive Owner");
        var ada = world.CreateUser("ada", "Ada Author");
        var rita = world.CreateUser("rita", "Rita Reader");
        var acme = world.CreateOrganisation(Name, olive);
        world.AddMember(acme, ada);

        var shop = DemoHistory.Plant(world, acme, "shop", "The shop's front", DemoFiles.Shop, isPrivate: false, [ada, olive]);
        var api = DemoHistory.Plant(world, acme, "api", "Orders, carts, payments", DemoFiles.Api, isPrivate: false, [olive, ada]);
        var web = DemoHistory.Plant(world, acme, "web", "Marketing site and docs in one repository", DemoFiles.Web, isPrivate: false, [ada, olive]);
        var vault = DemoHistory.Plant(world, acme, "vault", "Keys and secrets", DemoFiles.Vault, isPrivate: true, [olive]);
        foreach (var repository in new[] { shop, api, web })
        {
            GiveRights(world, repository);
        }

        checks.Watch(shop, "ci");
        checks.Watch(api, "build", "test");
        checks.Watch(web, "ci", "lint");
        checks.Watch(vault, "ci");
        DemoPullRequests.Plant(world, web, ada, rita);
        DemoDeployments.Plant(world, shop, ada, "production");
        DemoDeployments.Plant(world, api, olive, "dev", "staging", "production");
        world.Install(acme);
        // Last, so that what was there before keeps its number. Nobody has given him any right.
        world.CreateUser("sam", "Sam Stranger");
    }

    /// <summary>ada writes, rita reads.</summary>
    public static void GiveRights(GitHubWorld world, Repository repository)
    {
        world.SetPermission(world.FindAccount("ada")!, repository, RepositoryPermission.Write);
        world.SetPermission(world.FindAccount("rita")!, repository, RepositoryPermission.Read);
    }
}
