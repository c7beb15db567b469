using Deliverybot.Data.Names;
using Deliverybot.Jobs.Calendar;
using Deliverybot.Jobs.DeployFile;

namespace Deliverybot.Jobs.Gates;

/// <summary>In a freeze nothing goes out but a rollback, and what somebody with the right to it forces.</summary>
internal sealed class FreezeGate : IGate
{
    /// <summary>When to look where nobody can say when it ends.</summary>
    private static readonly TimeSpan Sometime = TimeSpan.FromDays(1);

    public string Name => GateNames.Freeze;

    public Waking WokenBy => Waking.Time;

    /// <summary>It does for some, which is nothing to offer to everybody.</summary>
    public bool YieldsToForce => false;

    public GateDecision Decide(GateFacts facts)
    {
        var wish = facts.Wish;
        if (Freezing.At(facts) is not { } frozen)
        {
            return GateDecision.Pass($"{wish.Environment} is not frozen.");
        }

        if (wish.IsRollback)
        {
            return GateDecision.Pass($"A rollback may go out in a freeze.");
        }

        var reason = FreezeWords.Frozen(wish.Environment, frozen, facts.Zone);
        return (wish.Force, facts.FreezeRight.May) switch
        {
            (false, _) => GateDecision.Hold(wish, $"{reason}.", frozen.Until ?? facts.Now + Sometime) with { IsGuess = frozen.Until is null },
            (true, true) => GateDecision.Override($"Overridden: {reason}.", Sentence.Plain($"the freeze{FreezeWords.Because(frozen, " (", ")")}")),
            (true, false) => GateDecision.Deny($"{wish.RequestedBy} may not deploy in a freeze: that takes {facts.FreezeRight.Takes}."),
        };
    }
}

internal sealed partial record GateFacts
{
    /// <summary>What the repository's account says for all its repositories.</summary>
    public AccountFacts Account { get; init; } = AccountFacts.Nothing;

    /// <summary>Whether who asks may deploy in a freeze.</summary>
    public FreezeRight FreezeRight { get; init; } = FreezeRight.Nobody;

    /// <summary>By which clock times of the week are told.</summary>
    public TimeZoneInfo Zone => TimeZones.Of(Wish.Target.TimeZone ?? Account.TimeZone);
}

/// <param name="May">Whether the person may.</param>
/// <param name="Takes">What it takes, after "that takes".</param>
internal sealed record FreezeRight(bool May, string Takes)
{
    public static FreezeRight Nobody { get; } = new(May: false, "the role admin");
}

/// <summary>What an account says for all its repositories.</summary>
/// <param name="TimeZone">The name of a zone; null: none.</param>
/// <param name="Freezes">What freezes environments of all its repositories.</param>
internal sealed record AccountFacts(string? TimeZone, IReadOnlyList<AccountFreeze> Freezes)
{
    public static AccountFacts Nothing { get; } = new(TimeZone: null, []);
}

/// <summary>A freeze of an account's: by a rule of its file, or by hand.</summary>
/// <param name="Account">The account's name.</param>
/// <param name="Rule">When it is, where, and why. By hand only the latter two count.</param>
internal sealed record AccountFreeze(string Account, Freeze Rule)
{
    /// <summary>Who froze by hand; null: the rule of a file.</summary>
    public GitHubUser? By { get; init; }

    /// <summary>When one by hand ends; null: when somebody lifts it.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>One of those that freeze an environment, as it is said.</summary>
/// <param name="Account">Whose it is; null: the file's own.</param>
/// <param name="LiftedBy">Who has to lift it; null: it ends by itself.</param>
internal sealed record FreezeSaid(string Reason, string? Account, GitHubUser? LiftedBy);

/// <summary>What freezes an environment at a moment.</summary>
internal static class Freezing
{
    public static Frozen<FreezeSaid>? At(GateFacts facts) =>
        At(facts.Wish.Target, facts.Wish.Environment, facts.Account, facts.Zone, facts.Now);

    public static Frozen<FreezeSaid>? At(Target target, EnvironmentName environment, AccountFacts account, TimeZoneInfo zone, DateTimeOffset now)
    {
        if (target.Freezes is null && account.Freezes is [])
        {
            return null;
        }

        var isProduction = target.IsProduction(environment);
        return Frozen<FreezeSaid>.At(
            now,
            [
                .. (target.Freezes?.All ?? []).Where(Concerns).Select(freeze => OfRule(freeze, account: null, zone)),
                .. account.Freezes.Where(freeze => Concerns(freeze.Rule)).Select(freeze => freeze.By is null ? OfRule(freeze.Rule, freeze.Account, zone) : ByHand(freeze)),
            ]);

        bool Concerns(Freeze freeze) => freeze.Concerns(environment.Value, isProduction);
    }

    private static Frost<FreezeSaid> OfRule(Freeze freeze, string? account, TimeZoneInfo zone) => new(
        new FreezeSaid(freeze.Reason, account, LiftedBy: null),
        moment => freeze.Contains(WallClock.At(zone, moment)),
        moment => freeze.Ends(zone, moment));

    private static Frost<FreezeSaid> ByHand(AccountFreeze freeze) => new(
        new FreezeSaid(freeze.Rule.Reason, freeze.Account, freeze.Until is null ? freeze.By : null),
        moment => freeze.Until is not { } until || moment < until,
        _ => freeze.Until);
}

/// <summary>Freezes, as every answer calls them.</summary>
internal static class FreezeWords
{
    /// <summary>Without the full stop.</summary>
    public static Sentence Frozen(EnvironmentName environment, Frozen<FreezeSaid> frozen, TimeZoneInfo zone)
    {
        var by = frozen.By.Select(said => said.Account).OfType<string>().Distinct().ToList() is [_, ..] accounts ? $" by {string.Join(" and ", accounts)}" : "";
        var lifts = frozen.By.Select(said => said.LiftedBy).FirstOrDefault(person => person is not null);
        return (frozen.Until, lifts) switch
        {
            ({ } until, _) => $"{environment} is frozen{by} until {WallClock.Text(zone, until)} ({TimeZones.NameOf(zone)}){Because(frozen)}",
            (null, { } person) => $"{environment} is frozen{by} until {person} lifts it{Because(frozen)}",
            (null, null) => $"{environment} is frozen{by}{Because(frozen)}",
        };
    }

    /// <summary>Empty where no reason is given.</summary>
    public static string Because(Frozen<FreezeSaid> frozen, string before = ": ", string after = "") =>
        string.Join(", then ", frozen.By.Select(said => said.Reason.TrimEnd('.')).Where(reason => reason.Length > 0).Distinct()) is { Length: > 0 } reasons
            ? $"{before}{reasons}{after}"
            : "";
}
