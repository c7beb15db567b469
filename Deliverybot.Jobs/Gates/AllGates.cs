using System.Collections.Immutable;
using Deliverybot.Data.Gates;
using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.Gates;

internal static class GatesRegistration
{
    /// <summary>A new gate is a line here; the order is the order they are asked in. Beside it stands who reads facts for it alone.</summary>
    public static IServiceCollection AddGates(this IServiceCollection services) => services
        .AddSingleton<IGate, PermissionGate>()
        .AddSingleton<IGate, FreshnessGate>()
        .AddSingleton<IGate, AlreadyThereGate>()
        .AddSingleton<IGate, LockGate>()
        .AddSingleton<IGate, FreezeGate>()
        .AddSingleton<IGate, WindowGate>()
        .AddSingleton<IGate, AfterGate>().AddScoped<IFactsReader, AfterFactsReader>()
        .AddSingleton<IGate, SoakGate>().AddScoped<IFactsReader, SoakFactsReader>()
        .AddSingleton<IGate, QueueGate>()
        .AddSingleton<IGate, ChecksGate>()
        .AddSingleton<AllGates>()
        .AddScoped<GateFactsReader>();
}

/// <summary>The names that verdicts are stored under.</summary>
internal static class GateNames
{
    public const string Permission = "Permission";
    public const string Freshness = "Freshness";
    public const string AlreadyThere = "Already there";
    public const string Lock = "Lock";
    public const string Freeze = "Freeze";
    public const string Window = "Window";
    public const string After = "After";
    public const string Soak = "Soak";
    public const string Queue = "Queue";
    public const string Checks = "Checks";
}

/// <summary>All gates, the cheapest first.</summary>
internal sealed class AllGates(IEnumerable<IGate> gates)
{
    private readonly ImmutableArray<IGate> _inOrder = [.. gates];

    /// <summary>Asks every gate; the first that doesn't let pass decides.</summary>
    public GateVerdicts Decide(GateFacts facts)
    {
        var verdicts = new GateVerdict[_inOrder.Length];
        GateDecision stopping = default;
        var isStopped = false;
        var leftToGitHub = new List<string>();
        for (var index = 0; index < _inOrder.Length; index++)
        {
            var decision = _inOrder[index].Decide(facts);
            verdicts[index] = decision.Of(_inOrder[index]);
            if (decision.Asked is false)
            {
                leftToGitHub.Add(_inOrder[index].Name);
            }

            if (!isStopped && decision.Outcome is not GateOutcome.Pass)
            {
                (isStopped, stopping) = (true, decision);
            }
        }

        var all = new GateVerdicts(verdicts, stopping.Until) { IsAppointed = !stopping.IsGuess, LeftToGitHub = leftToGitHub };
        return isStopped ? all : all.Answered(byGitHub: true);
    }

    /// <summary>The names of those whose answer something can change: by them a row says what holds it.</summary>
    public string[] WokenBy(Waking cause) => [.. _inOrder.Where(gate => gate.WokenBy.HasFlag(cause)).Select(gate => gate.Name)];

    /// <summary>Whether what that gate refuses a person may pass by itself, so that a request can wait for it; null where no gate stands in the way.</summary>
    /// <param name="gate">The one that refused it.</param>
    /// <param name="isForced">In a freeze, who may not force is refused for that.</param>
    public bool LetsWait(string? gate, bool isForced) =>
        _inOrder.Any(each => each.Name == gate && each.WokenBy != Waking.None) && !(isForced && gate == GateNames.Freeze);

    /// <summary>Whether <c>force</c> passes that gate; null where no gate stands in the way.</summary>
    public bool YieldsToForce(string? gate) => _inOrder.Any(each => each.Name == gate && each.YieldsToForce);
}
