using Deliverybot.Jobs.Surfaces.Words;

namespace Deliverybot.Tests.Jobs.Surfaces.PullRequests;

/// <summary>One command of each kind, and whether it does what it asks for in a pull request that is new, or was closed.</summary>
internal static class Commands
{
    public const string DeployFile =
        """
        review:
          environment: review-${{ pr }}
        production:
          environment: production
          required_contexts: [deliverybot/promotion]
        """;

    private static readonly string[] Foreseen =
    [
        "/status", "/deploy help", "/lock production for 2h stock-taking", "/unlock production", "/deploy review", "/promote", "/cancel review", "/rollback production",
        "/deploy review production",
    ];

    /// <summary>Those that are foreseen here, and after them whatever else the table has.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Foreseen,
        .. CommandTable.InPullRequests.Where(usage => !Foreseen.Any(command => command.Split(' ')[0] == $"/{usage.Word}")).Select(usage => usage.Example),
    ];

    /// <summary>What its comment may be given. One that isn't foreseen is answered, too.</summary>
    public static string[] Reactions(string command, string state) =>
        !Foreseen.Contains(command) ? ["eyes rocket", "eyes confused"] : Succeeds(command, state) ? ["eyes rocket"] : ["eyes confused"];

    public static bool Succeeds(string command, string state) => command switch
    {
        "/status" or "/deploy help" or "/unlock production" => true,
        "/lock production for 2h stock-taking" => state is "open" or "draft" or "fork",
        "/deploy review" or "/promote" => state is "open" or "draft",
        // Nothing waits, nothing was live before, and the last is mistyped.
        _ => false,
    };
}
