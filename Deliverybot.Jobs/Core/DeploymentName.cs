using Deliverybot.Data.Names;
using Deliverybot.Jobs.Gates;

namespace Deliverybot.Jobs.Core;

/// <summary>
/// The branch or tag that a deployment names. Whoever carries it out has it as <c>github.ref</c>, and an environment's rules for branches
/// and tags go by it; a deployment that names a commit has none.
/// </summary>
/// <param name="Ref">The branch or tag.</param>
/// <param name="InFull">Whether it needs its full name: its short one may mean something else.</param>
internal sealed record DeploymentName(GitRef Ref, bool InFull)
{
    private static readonly string[] Longer = ["refs/", "heads/", "tags/"];

    /// <returns>Null where the commit itself has to be named: it isn't the head (any more), or was deployed before.</returns>
    public static DeploymentName? Of(GateFacts facts) => facts switch
    {
        { Wish.IsRollback: true } or { Wish.Ref: null } => null,
        { Wish: { IsAutomatic: true, Ref: { IsTag: true } tag } } => new(tag, IsUnclear(tag, facts)),
        { Wish: { Ref: { IsTag: true } tag } wish } when facts.Name.At == wish.Sha => new(tag, IsUnclear(tag, facts)),
        { Head.Sha: { } head, Wish: { Ref: { IsBranch: true } branch } wish } when head == wish.Sha => new(branch, IsUnclear(branch, facts)),
        _ => null,
    };

    /// <summary>A tag or branch is called like it; or it begins as a longer name does, for a branch may be called <c>heads/main</c>.</summary>
    private static bool IsUnclear(GitRef name, GateFacts facts) =>
        facts.Name.IsShared || Array.Exists(Longer, beginning => name.ShortName.StartsWith(beginning, StringComparison.Ordinal));
}
