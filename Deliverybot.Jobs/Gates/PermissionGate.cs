using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub.Access;

namespace Deliverybot.Jobs.Gates;

/// <summary>People need what the target asks for beside write access; what an event wishes for is the file's own word.</summary>
internal sealed class PermissionGate : IGate
{
    public string Name => GateNames.Permission;

    public Waking WokenBy => Waking.None;

    public bool YieldsToForce => false;

    public GateDecision Decide(GateFacts facts)
    {
        var wish = facts.Wish;
        return facts switch
        {
            _ when wish.IsAutomatic => GateDecision.Pass($"An event needs no permission."),
            { StillWrites: false } => GateDecision.Deny($"{wish.RequestedBy} may no longer deploy to {wish.Environment}."),
            _ when !IsRuled(wish) && wish.IsRollback => GateDecision.Pass($"Whoever may write may roll {wish.Environment} back."),
            _ when !IsRuled(wish) => GateDecision.Pass($"Whoever may write may deploy to {wish.Environment}."),
            { Rights: null } => GateDecision.Pass($"Whether {wish.RequestedBy} may is asked of GitHub before anything is done.") with { Asked = false },
            { Rights: { } rights } => rights.All.FirstOrDefault(right => !right.IsGiven) is { } missing
                ? GateDecision.Deny(missing.Refusal(wish.RequestedBy, wish.Environment, isLost: facts.StillWrites is not null))
                : GateDecision.Pass(rights.Act.How),
        };
    }

    /// <summary>Whether the target says who may do that.</summary>
    public static bool IsRuled(WishFacts wish) => !wish.IsAutomatic && Needed(wish).Any(permission => wish.Target.Permissions?.Of(permission) is not null);

    /// <summary>What has to be let a person: the act, and force where it is added.</summary>
    public static IEnumerable<Permission> Needed(WishFacts wish) =>
        wish.IsRollback ? [Permission.Rollback] : wish.Force ? [Permission.Deploy, Permission.Force] : [Permission.Deploy];
}

internal sealed partial record GateFacts
{
    /// <summary>What whoever wishes is let do here; null where it wasn't asked, or the target leaves it to GitHub.</summary>
    public RightFacts? Rights { get; init; }

    /// <summary>Whether whoever made a request that has waited may still write; null where that wasn't asked, for it is asked last.</summary>
    public bool? StillWrites { get; init; }

    /// <summary>Nothing is created for a person of whom GitHub hasn't said what the target lets them do.</summary>
    /// <exception cref="InvalidOperationException">It wasn't asked.</exception>
    public void MustBeAsked()
    {
        if ((Rights is null && PermissionGate.IsRuled(Wish)) || (Wish.Waits && StillWrites is not true))
        {
            throw new InvalidOperationException($"What {Wish.RequestedBy} may do at {Wish.Target.Name} has not been asked.");
        }
    }
}

/// <param name="Act">Whether the person may do what is wished for.</param>
/// <param name="Force">Whether by force; null where that wasn't added.</param>
internal sealed record RightFacts(PersonRight Act, PersonRight? Force = null)
{
    public IEnumerable<PersonRight> All => Force is null ? [Act] : [Act, Force];
}

/// <summary>Whether a person may do one thing at a target, and by what.</summary>
/// <param name="What">The thing.</param>
/// <param name="IsGiven">Whether the person may.</param>
/// <param name="How">By what the person may, in a sentence; of somebody who may not, empty.</param>
/// <param name="Needed">What it takes, after "that takes"; empty where nobody may.</param>
/// <param name="Unseen">A group that GitHub doesn't show to Deliverybot, where it could have let the person in.</param>
internal sealed record PersonRight(Permission What, bool IsGiven, Sentence How, string Needed, RepositoryName? Unseen = null)
{
    /// <summary>Whoever may write may.</summary>
    public static PersonRight Open(Permission what) => new(what, IsGiven: true, Sentence.Empty, "write access");

    /// <summary>The sentence for somebody who may not.</summary>
    /// <param name="person">Who may not.</param>
    /// <param name="environment">Where.</param>
    /// <param name="isLost">Whether the person could once.</param>
    public Sentence Refusal(GitHubUser person, EnvironmentName environment, bool isLost = false) => this switch
    {
        { Unseen: { } group } => $"Deliverybot can't see {group}: install it there, or take it out of {DeployFiles.Path}.",
        { Needed: "" } => $"{person} may {Not(isLost)} {Words(environment)}: {DeployFiles.Path} lets nobody.",
        _ => $"{person} may {Not(isLost)} {Words(environment)}: that takes {Needed}.",
    };

    private static string Not(bool isLost) => isLost ? "no longer" : "not";

    private string Words(EnvironmentName environment) => What switch
    {
        Permission.Deploy => $"deploy to {environment}",
        Permission.Rollback => $"roll {environment} back",
        Permission.Force => $"force a deployment to {environment}",
        Permission.Approve => $"approve for {environment}",
        Permission.Lock => $"lock or unlock {environment}",
        Permission.Freeze => "deploy in a freeze",
    };
}

/// <summary>Judges who is named under <c>permissions</c>, by the roles that GitHub tells. Pure.</summary>
internal static class PermissionJudge
{
    /// <param name="what">What the person wants to do.</param>
    /// <param name="entries">Who is named for it.</param>
    /// <param name="person">Who asks.</param>
    /// <param name="own">The person's role in the repository.</param>
    /// <param name="groups">The person's role in each group that was asked for; null of one that can't be seen.</param>
    public static PersonRight Judge(
        Permission what, IReadOnlyList<PermissionEntry> entries, GitHubUser person, HeldRole own, IReadOnlyDictionary<RepositoryName, HeldRole?> groups)
    {
        var needed = Needed(entries);
        foreach (var entry in entries)
        {
            if (How(entry, person, own, groups) is { } how)
            {
                return new PersonRight(what, IsGiven: true, how, needed);
            }
        }

        var unseen = entries.OfType<PermissionEntry.InGroup>().FirstOrDefault(entry => groups.TryGetValue(entry.Repository, out var role) && role is null);
        return new PersonRight(what, IsGiven: false, Sentence.Empty, needed, unseen?.Repository);
    }

    private static Sentence? How(PermissionEntry entry, GitHubUser person, HeldRole own, IReadOnlyDictionary<RepositoryName, HeldRole?> groups) => entry switch
    {
        PermissionEntry.Person { Login: var login } when login == person.Login => $"{person} is named in {DeployFiles.Path}.",
        PermissionEntry.InRole { Name: var role } when own.Includes(role) => $"{person} has the role {role}.",
        PermissionEntry.InGroup { Repository: var group, Role: var role } when groups.GetValueOrDefault(group) is { } held && held.Includes(role) =>
            $"{person} has {InGroup(role, group)}.",
        _ => null,
    };

    /// <summary>What it takes, after "that takes": roles, groups, and last who is named.</summary>
    private static string Needed(IReadOnlyList<PermissionEntry> entries)
    {
        var ways = entries.OfType<PermissionEntry.InRole>().Select(entry => $"the role {entry.Name}")
            .Concat(entries.OfType<PermissionEntry.InGroup>().Select(entry => InGroup(entry.Role, entry.Repository)))
            .ToList();
        var people = entries.OfType<PermissionEntry.Person>().Select(entry => entry.Login.Value).ToList();
        return Listed(people is [] ? ways : [.. ways, $"being {Listed(people)}"]);
    }

    private static bool Includes(this HeldRole held, RoleName role) =>
        role.Own is null ? held.Level >= role.Level : string.Equals(held.Own, role.Own, StringComparison.OrdinalIgnoreCase);

    private static string InGroup(RoleName role, RepositoryName group) => role switch
    {
        { Own: null, Level: RepositoryPermission.Read or RepositoryPermission.Write or RepositoryPermission.Admin } => $"{role} access to {group}",
        _ => $"the role {role} in {group}",
    };

    private static string Listed(List<string> ways) => ways switch
    {
        [] => "",
        [var one] => one,
        [var one, var other] => $"{one}, or {other}",
        _ => $"{string.Join(", ", ways[..^1])}, or {ways[^1]}",
    };
}
