using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;

namespace Deliverybot.Jobs.Core;

/// <summary>
/// The one order of a repository's environments, wherever they are named: the pipeline's first, as commits go through it, by what targets
/// come <c>after</c>, then those that stand alone; of those at the same place the ones that end users work with come last, then names decide, with numbers as numbers.
/// Previews are at the end.
/// </summary>
internal sealed class EnvironmentOrder : IComparer<EnvironmentName>
{
    private readonly Dictionary<EnvironmentName, EnvironmentStage> _stages = [];
    private readonly Dictionary<TargetName, EnvironmentStage> _byTarget = [];
    private readonly Dictionary<EnvironmentName, int> _depths = [];
    private readonly HashSet<EnvironmentName> _linked = [];

    public EnvironmentOrder(IEnumerable<EnvironmentStage> stages)
    {
        foreach (var stage in stages)
        {
            _stages.TryAdd(stage.Environment, stage);
            foreach (var target in stage.Targets)
            {
                _byTarget.TryAdd(target, stage);
            }
        }

        foreach (var stage in _stages.Values)
        {
            DepthOf(stage, []);
            foreach (var before in Before(stage))
            {
                _linked.UnionWith([before.Environment, stage.Environment]);
            }
        }
    }

    /// <summary>By what the file says of its targets, and of other environments by what was deployed there last.</summary>
    /// <param name="targets">Null where the file isn't at hand: what was deployed last knows the target as it was read then.</param>
    public static EnvironmentOrder Of(DeployTargets? targets, IEnumerable<Standing> standings) =>
        new([.. PlannedBy(targets), .. standings.Select(EnvironmentStage.Of)]);

    /// <summary>By the file alone.</summary>
    public static EnvironmentOrder Of(DeployTargets targets) => new(PlannedBy(targets));

    /// <summary>How many environments a commit goes through before this one.</summary>
    public int DepthOf(EnvironmentName environment) => _depths.GetValueOrDefault(environment);

    /// <summary>Whether it is part of a pipeline.</summary>
    public bool IsLinked(EnvironmentName environment) => _linked.Contains(environment);

    /// <summary>The environments right before this one.</summary>
    public IEnumerable<EnvironmentName> Before(EnvironmentName environment) =>
        _stages.TryGetValue(environment, out var stage) ? Before(stage).Select(before => before.Environment).Distinct() : [];

    public int Compare(EnvironmentName x, EnvironmentName y) => KeyOf(x).CompareTo(KeyOf(y)) is var key and not 0 ? key : NaturalNames.Comparer.Compare(x.Key, y.Key);

    /// <summary>Targets in the order of where they deploy to; those of one environment as the file has them.</summary>
    public static IReadOnlyList<Target> Sort(DeployTargets targets) =>
        [.. targets.All.OrderBy(target => new EnvironmentName(target.Environment.Text), Of(targets))];

    private static IEnumerable<EnvironmentStage> PlannedBy(DeployTargets? targets) =>
        (targets?.All ?? []).GroupBy(target => new EnvironmentName(target.Environment.Text)).Select(group => StageOf(group.Key, [.. group]));

    private static EnvironmentStage StageOf(EnvironmentName environment, IReadOnlyList<Target> targets) => new(
        environment,
        [.. targets.Select(target => target.Name)],
        [.. targets.SelectMany(target => target.After)],
        targets.Any(target => target.IsProduction(new EnvironmentName(target.Environment.Text))),
        targets.All(target => target.TransientEnvironment));

    private (bool IsPreview, bool IsAlone, int Depth, bool IsProduction) KeyOf(EnvironmentName environment) =>
        _stages.TryGetValue(environment, out var stage)
            ? (stage.IsPreview, !_linked.Contains(environment), DepthOf(environment), stage.IsProduction)
            : (true, true, 0, false);

    private int DepthOf(EnvironmentStage stage, HashSet<EnvironmentName> on)
    {
        if (_depths.TryGetValue(stage.Environment, out var known))
        {
            return known;
        }

        // Rows of different times may name each other.
        if (!on.Add(stage.Environment))
        {
            return 0;
        }

        return _depths[stage.Environment] = Before(stage).Select(before => DepthOf(before, on) + 1).DefaultIfEmpty(0).Max();
    }

    private IEnumerable<EnvironmentStage> Before(EnvironmentStage stage) =>
        stage.After.Select(target => _byTarget.GetValueOrDefault(target)).OfType<EnvironmentStage>().Where(before => before.Environment != stage.Environment);
}

/// <summary>An environment's place in the pipeline.</summary>
/// <param name="Targets">Those that deploy to it.</param>
/// <param name="After">The targets that they come after.</param>
internal sealed record EnvironmentStage(
    EnvironmentName Environment, IReadOnlyList<TargetName> Targets, IReadOnlyList<TargetName> After, bool IsProduction, bool IsPreview)
{
    public static EnvironmentStage Of(LastingEnvironment environment) =>
        new(environment.Environment, environment.Targets, environment.After, environment.IsProduction, IsPreview: false);

    public static EnvironmentStage Of(Standing standing)
    {
        var row = standing.Newest ?? standing.Last ?? (standing.Coming is [.., var coming] ? coming : null);
        return row is null
            ? new EnvironmentStage(standing.Environment, [], [], IsProduction: false, IsPreview: false)
            : OfDeployment(standing.Environment, row.Target, row.TargetDefinition, row.ProductionEnvironment, row.TransientEnvironment);
    }

    /// <summary>As a deployment there says: nobody has to read deploy.yml for it.</summary>
    /// <param name="definition">The target as it was read then; null where others made the deployment.</param>
    public static EnvironmentStage OfDeployment(EnvironmentName environment, TargetName target, string? definition, bool isProduction, bool isPreview) => new(
        environment,
        target.Value.Length > 0 ? [target] : [],
        definition is null ? [] : [.. TargetJson.Read(definition).After],
        isProduction,
        isPreview);
}

/// <summary>Names as people count: <c>pr-2</c> before <c>pr-10</c>.</summary>
internal sealed class NaturalNames : IComparer<string>
{
    public static NaturalNames Comparer { get; } = new();

    public int Compare(string? x, string? y)
    {
        var (left, right) = (x ?? "", y ?? "");
        var (i, j) = (0, 0);
        while (i < left.Length && j < right.Length)
        {
            var order = char.IsAsciiDigit(left[i]) && char.IsAsciiDigit(right[j])
                ? CompareNumbers(NumberAt(left, ref i), NumberAt(right, ref j))
                : left[i++].CompareTo(right[j++]);
            if (order != 0)
            {
                return order;
            }
        }

        return (left.Length - i).CompareTo(right.Length - j) is var rest and not 0 ? rest : string.CompareOrdinal(left, right);
    }

    /// <summary>Without zeros in front the longer one is the greater one, however long.</summary>
    private static int CompareNumbers(string left, string right) =>
        left.Length.CompareTo(right.Length) is var length and not 0 ? length : string.CompareOrdinal(left, right);

    private static string NumberAt(string text, ref int index)
    {
        var begin = index;
        while (index < text.Length && char.IsAsciiDigit(text[index]))
        {
            index++;
        }

        return text[begin..index].TrimStart('0');
    }
}
