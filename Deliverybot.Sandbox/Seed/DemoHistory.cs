using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Seed;

/// <summary>Ten and some commits over the last three weeks, each with its checks.</summary>
internal static class DemoHistory
{
    private static readonly (string Message, string Path)[] Changes =
    [
        ("Add a health check\n\nThe load balancer asks for it every five seconds.", "src/health.ts"),
        ("Log requests as JSON", "src/logging.ts"),
        ("Show prices with tax", "src/prices.ts"),
        ("Fix the rounding of discounts", "src/discounts.ts"),
        ("Cache the catalogue for a minute", "src/catalogue.ts"),
        ("Retry the payment once when it times out", "src/payments.ts"),
        ("Say what is out of stock", "src/stock.ts"),
        ("Remove the old checkout", "src/checkout.ts"),
        ("Make search forgive typing errors", "src/search.ts"),
        ("Update dependencies", "package.json"),
        ("Load pictures lazily", "src/pictures.ts"),
        ("Keep the cart over a sign-in", "src/cart.ts"),
    ];

    public static Repository Plant(
        GitHubWorld world,
        Account owner,
        string name,
        string description,
        IReadOnlyDictionary<string, string> files,
        bool isPrivate,
        IReadOnlyList<Account> authors)
    {
        world.Backdated = TimeSpan.FromDays(21);
        var repository = world.CreateRepository(owner, name, files, isPrivate, description: description);
        for (var index = 0; index < Changes.Length; index++)
        {
            var (message, path) = Changes[index];
            world.Backdated = TimeSpan.FromHours((Changes.Length - index) * 39.0 + index % 5);
            var sha = world.Push(repository, "main", authors[index % authors.Count], message, new Dictionary<string, string?> { [path] = $"// {message}\n" });
            var failed = index == 3;
            foreach (var check in DemoFiles.ChecksOf(name))
            {
                world.FinishCheck(repository, world.StartCheck(repository, sha, check), failed ? "failure" : "success");
            }
        }

        world.Backdated = TimeSpan.Zero;
        return repository;
    }
}
