using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;

namespace Deliverybot.Site.Pages.Repositories;

/// <summary>The order of a repository's environments, by what their newest deployments said their targets come after: nobody has to read deploy.yml for it.</summary>
internal sealed class PipelineOrder
{
    private const int MostColumns = 4;

    private readonly Dictionary<TargetName, LastingEnvironment> _byTarget = [];
    private readonly Dictionary<EnvironmentName, int> _depths = [];

    public PipelineOrder(IReadOnlyList<LastingEnvironment> environments)
    {
        foreach (var environment in environments)
        {
            foreach (var target in environment.Targets)
            {
                _byTarget.TryAdd(target, environment);
            }
        }

        foreach (var environment in environments)
        {
            DepthOf(environment, []);
        }

        InOrder = [.. environments.OrderBy(DepthOf).ThenBy(environment => environment.IsProduction).ThenBy(environment => environment.Environment.Key, StringComparer.Ordinal)];
    }

    public IReadOnlyList<LastingEnvironment> InOrder { get; }

    /// <summary>What most repositories have gets a column; with one more than there is room for, each has its own.</summary>
    public static IReadOnlyList<EnvironmentName> ColumnsOf(IEnumerable<PipelineOrder> pipelines)
    {
        var all = pipelines
            .SelectMany(pipeline => pipeline.InOrder.Select(environment => (Of: environment, Depth: pipeline.DepthOf(environment))))
            .GroupBy(found => found.Of.Environment)
            .Select(found => (
                Environment: found.Key,
                Count: found.Count(),
                Depth: found.Average(each => each.Depth),
                Production: found.Average(each => each.Of.IsProduction ? 1.0 : 0)))
            .ToList();
        return
        [
            .. all
                .OrderByDescending(each => each.Count).ThenBy(each => each.Depth).ThenBy(each => each.Environment.Key, StringComparer.Ordinal)
                .Take(all.Count == MostColumns + 1 ? all.Count : MostColumns)
                .OrderBy(each => each.Depth).ThenBy(each => each.Production).ThenBy(each => each.Environment.Key, StringComparer.Ordinal)
                .Select(each => each.Environment),
        ];
    }

    /// <summary>An environment right before this one that is known to run something newer.</summary>
    public EnvironmentName? AheadOf(LastingEnvironment environment) =>
        environment.Live is { } live
            ? Before(environment).Where(before => before.Live is { } newer && live.IsBehind(newer)).Select(before => (EnvironmentName?)before.Environment).FirstOrDefault()
            : null;

    private int DepthOf(LastingEnvironment environment) => _depths[environment.Environment];

    private int DepthOf(LastingEnvironment environment, HashSet<EnvironmentName> on)
    {
        if (_depths.TryGetValue(environment.Environment, out var known))
        {
            return known;
        }

        // Rows of different times may name each other.
        if (!on.Add(environment.Environment))
        {
            return 0;
        }

        return _depths[environment.Environment] = Before(environment).Select(before => DepthOf(before, on) + 1).DefaultIfEmpty(0).Max();
    }

    private IEnumerable<LastingEnvironment> Before(LastingEnvironment environment) =>
        environment.After.Select(target => _byTarget.GetValueOrDefault(target)).OfType<LastingEnvironment>().Where(before => before.Environment != environment.Environment);
}
