using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Gates;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Gates;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Core;

/// <summary>
/// What news of one check mean for a wish that waits for several: it says at once which are left. GitHub is asked only where nothing is
/// left, or where it alone knows how the others stand.
/// </summary>
internal sealed class CheckNews(DeliverybotContext db, GateFactsReader factsReader, AllGates gates, WishWriter writer)
{
    /// <summary>Of so many that are left GitHub and Slack are told one by one, and each news is a look of its own: a target that requires very many costs no call and no row for each.</summary>
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
        if (wish.UnmetContexts is [] || await LastAsync(wish, cancellationToken) is not { } last || UnmetIn(last) is not { } said)
        {
            // In what earlier releases have kept nothing says how the others stand: GitHub does.
            return true;
        }

        var left = said.Where(check => wish.UnmetContexts.Contains(check.Context)).ToList();

        // Had GitHub named only what is unmet, those that it didn't name could have been good for long: nothing of them would ever come.
        return left is [] || (left.TrueForAll(check => check.IsUnheard) && said.Exists(check => check.Context == context && !check.IsUnheard))
            || !await SayAsync(turn, wish, last, new ChecksFacts(left), cancellationToken);
    }

    /// <summary>Whether the wish's target requires a check, be it good by now or not.</summary>
    public static bool Requires(Deployment wish, string context) => TargetJson.Read(wish.TargetDefinition!).RequiredContexts.Contains(context);

    private Task<Evaluation?> LastAsync(Deployment wish, CancellationToken cancellationToken) =>
        db.Evaluations.Where(look => look.DeploymentId == wish.Id).OrderByDescending(look => look.Id).FirstOrDefaultAsync(cancellationToken);

    private static List<UnmetCheck>? UnmetIn(Evaluation look) =>
        look.Verdicts.FirstOrDefault(verdict => verdict.Gate == GateNames.Checks)?.Unmet is { } kept ? [.. kept.Select(UnmetCheck.Of)] : null;

    /// <returns>Whether it has been said; else another gate stops the wish by now.</returns>
    private async Task<bool> SayAsync(Turn turn, Deployment wish, Evaluation last, ChecksFacts left, CancellationToken cancellationToken)
    {
        var facts = await factsReader.ReadAsync(wish, TargetJson.Read(wish.TargetDefinition!), cancellationToken);
        var decision = gates.Decide(facts with { Checks = left });
        if (decision.Stopped is not { Gate: GateNames.Checks })
        {
            return false;
        }

        await writer.StopAsync(turn, wish, decision, left, cancellationToken, inPlaceOf: left.Unmet.Count <= MostTold ? null : last);
        return true;
    }
}
