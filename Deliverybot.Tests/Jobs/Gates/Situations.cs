using System.Reflection;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.GitHub.Access;

namespace Deliverybot.Tests.Jobs.Gates;

/// <summary>
/// Every situation that a gate can find, for one wisher: the product of the facts that it looks at. The other gates' facts let pass. A gate's
/// are given by the method that is called like it, here or beside the gate's other tests.
/// </summary>
internal static partial class Situations
{
    private static readonly CommitSha Sha = ShaOf("1a2b3c4");
    private static readonly CommitSha NewerSha = ShaOf("5d6e7f8");
    private static readonly CommitSha OtherSha = ShaOf("9c8b7a6");
    private static readonly GitHubUser Ada = Somebody.Called("ada");
    private static readonly GitHubUser Grace = Somebody.Called("grace");
    private static readonly TargetName Production = new("production");
    private static readonly TargetName Staging = new("staging");
    private static readonly bool[] Either = [true, false];
    private static readonly int[] ContextCounts = [0, 1, 2];
    private static readonly string[] Contexts = ["ci", "e2e"];
    private static readonly DateTimeOffset Evening = new(2026, 11, 23, 18, 0, 0, TimeSpan.Zero);

    public static IEnumerable<GateFacts> Of(string gate, Wisher wisher) =>
        (IEnumerable<GateFacts>)typeof(Situations)
            .GetMethods(BindingFlags.Static | BindingFlags.NonPublic)
            .Single(method => method.Name.Equals(gate.Replace(" ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase))
            .Invoke(null, [wisher])!;

    internal static IEnumerable<GateFacts> Permission(Wisher wisher) =>
        from given in new[] { null, new GivenRole("role:maintain", new HeldRole(RepositoryPermission.Maintain)), new("role:maintain", HeldRole.None), new("repo:acme/releasers", HeldRole.None), new("", HeldRole.None) }
        from force in Either
        from isSeen in Either
        from writes in wisher.Waits ? new bool?[] { null, true, false } : [null]
        let entries = given is null || given.Entry == "" ? [] : new[] { PermissionEntry.Read(given.Entry, out _)! }
        let admins = new[] { PermissionEntry.Read("role:admin", out _)! }
        let facts = Facts(wisher, target => given is null ? target : target with
        {
            Permissions = new TargetPermissions { Deploy = [.. entries], Rollback = [.. entries], Force = force ? [.. admins] : null },
        })
        select facts with
        {
            StillWrites = writes,
            Rights = !PermissionGate.IsRuled(facts.Wish) || given is null ? null : new RightFacts(
                JudgeOf(PermissionGate.Needed(facts.Wish).First(), entries, given.Role, isSeen),
                facts.Wish.Force ? JudgeOf(Deliverybot.Jobs.DeployFile.Permission.Force, force ? admins : entries, given.Role, isSeen) : null),
        };

    private static PersonRight JudgeOf(Permission what, IReadOnlyList<PermissionEntry> entries, HeldRole role, bool isSeen) => PermissionJudge.Judge(
        what,
        entries,
        Ada,
        role,
        entries.OfType<PermissionEntry.InGroup>().ToDictionary(entry => entry.Repository, HeldRole? (_) => isSeen ? HeldRole.None : null));

    private sealed record GivenRole(string Entry, HeldRole Role);

    internal static IEnumerable<GateFacts> Freshness(Wisher wisher) =>
        from onlyLatest in Either
        from head in new[] { null, new HeadFacts(Sha), new HeadFacts(NewerSha), new HeadFacts(null) }
        from newer in new[] { null, new NewerWishFacts(NewerSha, Created: false), new NewerWishFacts(NewerSha, Created: true) }
        from overtaking in wisher.Waits ? new[] { null, Placed().ElementAt(1), Placed().ElementAt(3) } : [null]
        select Facts(wisher, target => target with { OnlyLatest = onlyLatest }) with { Head = head, Newer = newer, Overtaking = overtaking };

    internal static IEnumerable<GateFacts> AlreadyThere(Wisher wisher) =>
        from live in Placed()
        from coming in Placed()
        select Facts(wisher) with { Live = live, Coming = coming };

    private static IEnumerable<PlacedFacts?> Placed() =>
    [
        null,
        new PlacedFacts(new DeploymentId(1), Production, Sha, "deploy", Grace, External: false),
        new PlacedFacts(new DeploymentId(1), new TargetName(""), Sha, "deploy", Grace, External: true),
        new PlacedFacts(new DeploymentId(1), Production, OtherSha, "deploy", Grace, External: false),
        new PlacedFacts(new DeploymentId(1), Production, Sha, "migrate", Grace, External: false),
        new PlacedFacts(new DeploymentId(1), Staging, Sha, "deploy", Grace, External: false),
    ];

    internal static IEnumerable<GateFacts> Lock(Wisher wisher) =>
        from held in new[]
        {
            null,
            new LockFacts(Ada, "", null),
            new LockFacts(Grace, "", null),
            new LockFacts(Grace, "stock-taking", null),
            new LockFacts(Grace, "stock-taking", Evening),
        }
        from hold in new[] { null, new LockFacts(Grace, "", null), new LockFacts(Grace, "orders were lost", null) }
        select Facts(wisher) with { Lock = held, Hold = hold };

    internal static IEnumerable<GateFacts> After(Wisher wisher) =>
        from earlier in new[]
        {
            null,
            new AfterFacts(Staging, true, false),
            new AfterFacts(Staging, false, false),
            new AfterFacts(Staging, true, true),
        }
        .Concat(EarlierEnd.All.SelectMany(end => new AfterFacts[]
        {
            new(Staging, false, false) { Ended = end },
            new(Staging, false, false) { Ended = end, EndedBefore = new TargetName("dev") },
        }))
        select Facts(wisher, target => target with { After = earlier is null ? [] : [Staging] }) with { After = earlier is null ? [] : [earlier] };

    internal static IEnumerable<GateFacts> Queue(Wisher wisher) =>
        from mode in Enum.GetValues<QueueMode>()
        from busy in Either
        from silent in Either
        from awaits in Either
        from ahead in Either
        let other = new PlacedFacts(new DeploymentId(1), Production, OtherSha, "deploy", Grace, External: false, AwaitsApproval: awaits, Silent: silent)
        select Facts(wisher, target => target with { Queue = mode }) with { Active = busy ? [other] : [], Ahead = ahead ? [other] : [] };

    internal static IEnumerable<GateFacts> Checks(Wisher wisher) =>
        from required in ContextCounts
        from unmet in new UnmetCheck[][]
        {
            [],
            [new("ci", UnmetCheck.Pending)],
            [new("ci", UnmetCheck.NoResult)],
            [new(Target.PromotionContext, UnmetCheck.NoResult)],
            [new("ci", UnmetCheck.Pending), new(Target.PromotionContext, UnmetCheck.NoResult)],
            [new("ci", "failure")],
            [new("ci", UnmetCheck.Skipped)],
            [new("ci", UnmetCheck.Skipped, "build failed")],
            [new("ci", UnmetCheck.Skipped), new("e2e", "pending")],
            [new("ci", "pending"), new("e2e", "failure")],
        }
        where unmet.Length <= required && (unmet.Length == 0 || unmet.Length == required)
        select Facts(wisher, target => target with { RequiredContexts = [.. Contexts.Take(required)] })
            with
        {
            Checks = unmet.Length == 0 ? null
                : unmet is [{ Context: "ci", State: UnmetCheck.Skipped, Because: null }] ? new ChecksFacts([]) { Excused = unmet }
                : new ChecksFacts(unmet),
        };

    /// <summary>A wish that every gate lets pass.</summary>
    private static GateFacts Facts(Wisher wisher, Func<Target, Target>? change = null)
    {
        var target = new Target { Name = Production };
        return new GateFacts
        {
            Wish = new WishFacts(
                new DeploymentId(2), change?.Invoke(target) ?? target, new EnvironmentName("production"), GitRef.Branch("main"), Sha, "deploy", wisher.Origin, Ada, wisher.Force)
            {
                Waits = wisher.Waits,
            },
        };
    }

    private static CommitSha ShaOf(string beginning) => new(beginning.PadRight(40, '0'));
}
