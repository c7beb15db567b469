using Deliverybot.Data.Deploying;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Gates;

namespace Deliverybot.Jobs.Core;

/// <summary>
/// What news of one check mean for a wish that waits for several: it says at once which are left. GitHub is asked only where nothing is
/// left, or where it alone knows how the others stand.
/// </summary>
internal sealed class CheckNews(GateFactsReader factsReader, AllGates gates, WishWriter writer)
{
    /// <summary>Of so many that are left GitHub and Slack are told one by one: a target that requires very many costs no call for each.</summary>
    private const int MostTold = 3;

    /// <summary>A check ended well. In the wish's turn: an attempt that is under way may be about to say that this is what it waits for.</summary>
    /// <returns>Whether the wish is to be looked at.</returns>
    public async Task<bool> PassedAsync(Turn turn, Deployment wish, string context, CancellationToken cancellationToken)
    {
        switch (wish)
        {
            case { State: DeploymentState.Creating }:
                // Whoever creates has the turn: this one was cut off, and the next look finds out what became of it.
                return true;
            case { State: not DeploymentState.Waiting }:
            case { Gate: var gate } when !gates.WokenBy(Waking.CheckEnded).Contains(gate):
                return false;
            case { UnmetContexts: [] }:
                // All have ended, or the last was struck out before and nobody has looked since.
                return Requires(wish, context);
        }

        if (!wish.UnmetContexts.Contains(context))
        {
            return false;
        }

        await writer.StrikeOutAsync(turn, wish, context, cancellationToken);
        if (wish.UnmetContexts is [] || wish.Reason?.ToString() is not { } said)
        {
            return wish.UnmetContexts is [];
        }

        // Of several of which one has failed the sentence names the failed ones alone: how the others stand isn't known here.
        return ChecksGate.SaysOpen(said) ? !await SayAsync(turn, wish, said, cancellationToken) : UnmetCheck.IsNamed(said, context);
    }

    /// <summary>Whether the wish's target requires a check, be it good by now or not.</summary>
    public static bool Requires(Deployment wish, string context) => TargetJson.Read(wish.TargetDefinition!).RequiredContexts.Contains(context);

    /// <returns>Whether it has been said; else another gate stops the wish by now.</returns>
    private async Task<bool> SayAsync(Turn turn, Deployment wish, string said, CancellationToken cancellationToken)
    {
        var left = new ChecksFacts([.. wish.UnmetContexts.Select(unmet => UnmetCheck.ReadFrom(said, unmet))]);
        var facts = await factsReader.ReadAsync(wish, TargetJson.Read(wish.TargetDefinition!), cancellationToken);
        var decision = gates.Decide(facts with { Checks = left });
        if (decision.Stopped is not { Gate: GateNames.Checks })
        {
            return false;
        }

        await writer.StopAsync(turn, wish, decision, left, cancellationToken, isTold: left.Unmet.Count <= MostTold);
        return true;
    }
}
