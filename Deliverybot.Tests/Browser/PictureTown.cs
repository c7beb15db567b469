using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;

namespace Deliverybot.Tests.Browser;

/// <summary>What the pictures show of GitHub: a team of four and its repositories, the newest commits of one of which are told by age.</summary>
internal sealed class PictureTown
{
    public const string Name = "acme/api";

    private const string DeployFile =
        """
        dev:
          environment: dev
          auto_deploy_on: refs/heads/main

        staging:
          environment: staging
          auto_deploy_on: refs/heads/main
          required_contexts: [build, test]
          after: [dev]
          queue: latest

        production:
          environment: production
          auto_deploy_on: refs/heads/main
          required_contexts: [build, test, e2e]
          after: [staging]
          queue: all

        workers:
          environment: workers
          auto_deploy_on: refs/heads/main
          required_contexts: [build, test]
          after: [staging]

        review:
          environment: review/pr-${{ pr }}
          auto_deploy_on: pr
          transient_environment: true

        """;

    private static readonly (string Author, string Message, double HoursAgo)[] Pushed =
    [
        ("grace", "Read money as decimal, never as double", 123),
        ("ada", "Answer 409 where two carts meet", 117),
        ("linus", "Drop the table that nothing reads any more", 101),
        ("margaret", "Let the worker finish its order before it stops", 96),
        ("ada", "Keep an order whole when the payment comes twice", 77),
        ("grace", "Say which voucher has run out", 74),
        ("linus", "Index orders by customer and day", 71.5),
        ("margaret", "Ask the tax service once a cart, not once a line", 53),
        ("ada", "Send the receipt in the customer’s language", 50),
        ("grace", "Bump Npgsql from 10.0.2 to 10.0.3", 47.2),
        ("linus", "Retry the payment once when the bank is slow", 29),
        ("margaret", "Show stock by warehouse", 26.5),
        ("ada", "Round discounts the way the invoice does", 23),
        ("grace", "Move carts to a table of their own\n\nThey were in the session before, and got lost with it.", 7.4),
        ("linus", "Forget abandoned carts after thirty days", 5.2),
        ("margaret", "Trace every call to the payment service", 3.1),
        ("ada", "Take the currency from the price list", 1.4),
        ("grace", "Limit how often a card may be tried\n\nFive times an hour, per card and per address.", 0.45),
        ("ada", "Tell the warehouse about cancelled orders", 0.07),
    ];

    private readonly GitHubWorld world;
    private readonly Dictionary<string, Account> people;

    public PictureTown(House house)
    {
        world = house.World;
        people = new() { ["ada"] = house.Ada, ["rita"] = house.Rita };
        people["grace"] = world.CreateUser("grace", "Grace");
        people["linus"] = world.CreateUser("linus", "Linus");
        people["margaret"] = world.CreateUser("margaret", "Margaret");
        world.Backdated = TimeSpan.FromDays(200);
        Api = Create("api", "Orders, carts, payments", DeployFile);
        Others =
        [
            Create("shop", "The shop’s front"),
            Create("web", "Marketing site and docs in one repository"),
            Create("mobile", "The app for iOS and Android"),
            Create("warehouse", "Stock, picking, parcels"),
        ];
        Commits = [.. Pushed.Select((push, index) => Push(push.Author, push.Message, TimeSpan.FromHours(push.HoursAgo), index)).Reverse()];
        world.Backdated = TimeSpan.Zero;
        Preview = world.Push(Api, "gift-cards", people["margaret"], "Pay with gift cards");
    }

    public Repository Api { get; }

    public IReadOnlyList<Repository> Others { get; }

    /// <summary>Those of <c>main</c>, the newest first.</summary>
    public IReadOnlyList<string> Commits { get; }

    /// <summary>The head of a pull request.</summary>
    public string Preview { get; }

    private Repository Create(string name, string description, string? deployFile = null)
    {
        var files = new Dictionary<string, string> { ["README.md"] = $"# {name}\n" };
        if (deployFile is not null)
        {
            files[".github/deploy.yml"] = deployFile;
        }

        var repository = world.CreateRepository(world.FindAccount("acme")!, name, files, description: description);
        foreach (var (login, person) in people)
        {
            world.SetPermission(person, repository, login == "rita" ? RepositoryPermission.Read : RepositoryPermission.Write);
        }

        return repository;
    }

    private string Push(string author, string message, TimeSpan ago, int index)
    {
        world.Backdated = ago;
        var sha = world.Push(Api, "main", people[author], message, new Dictionary<string, string?> { [$"src/{index}.cs"] = $"// {message}\n" });
        var isNewest = index == Pushed.Length - 1;
        var isFailed = index == 10;
        foreach (var check in new[] { "build", "test", "e2e", "lint" })
        {
            var run = world.StartCheck(Api, sha, check);
            if (!isNewest || check is "build" or "lint")
            {
                world.FinishCheck(Api, run, isFailed && check == "e2e" ? "failure" : "success");
            }
        }

        return sha;
    }
}
