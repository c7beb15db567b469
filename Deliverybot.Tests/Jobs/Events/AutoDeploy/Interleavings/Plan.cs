using CsCheck;

namespace Deliverybot.Tests.Jobs.Events.AutoDeploy.Interleavings;

/// <summary>One case: the rules of a repository and what happens there, in order.</summary>
internal sealed record Plan(PlannedTarget First, PlannedTarget Second, IReadOnlyList<Act> Acts, bool NewestArrivesFirst)
{
    public const int Commits = 3;

    private static readonly string?[] Queues = [null, "latest", "all"];
    private static readonly bool?[] OnlyLatest = [null, true, false];

    private static readonly Gen<PlannedTarget> AnyTarget = Gen.Select(
        Gen.Bool, Gen.Int[0, 2], Gen.Int[0, 2], Gen.Bool,
        (contexts, queue, onlyLatest, after) =>
            new PlannedTarget("", contexts ? "ci" : null, Queues[queue], OnlyLatest[onlyLatest], after ? "first" : null));

    private static readonly Gen<ActKind> AnyKind = Gen.Frequency(
        (3, Gen.Const(ActKind.Push)),
        (1, Gen.Const(ActKind.Rewrite)),
        (3, Gen.Const(ActKind.SetStatus)),
        (2, Gen.Const(ActKind.RunCheck)),
        (3, Gen.Const(ActKind.ReportDeployment)),
        (1, Gen.Const(ActKind.Lock)),
        (1, Gen.Const(ActKind.Unlock)),
        (9, Gen.Const(ActKind.Deliver)),
        (1, Gen.Const(ActKind.Repeat)));

    // Mostly the oldest of what is on its way.
    private static readonly Gen<Act> AnyAct = Gen.Select(
        AnyKind, Gen.Frequency((1, Gen.Const(0)), (1, Gen.Int[0, 5])), Gen.Int[0, 5], (kind, which, how) => new Act(kind, which, how));

    public static Gen<Plan> Any { get; } = Gen.Select(
        AnyTarget, AnyTarget, AnyAct.Array[4, 40], Gen.Bool, Gen.Bool,
        (first, second, acts, reversed, swapped) => new Plan(
            first with { Name = "first", After = null },
            second with { Name = "second", RequiredContext = second.RequiredContext is null ? null : swapped ? "ci" : "e2e" },
            acts,
            reversed));

    public string DeployFile => First.Yaml + Second.Yaml;

    public override string ToString() => $"{DeployFile}{string.Join('\n', Acts)}\n{(NewestArrivesFirst ? "the newest event first" : "in order")}";
}
