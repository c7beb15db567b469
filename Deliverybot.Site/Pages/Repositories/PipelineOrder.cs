using Deliverybot.Jobs.Core;

namespace Deliverybot.Site.Pages.Repositories;

/// <summary>The order of a repository's environments, by what their newest deployments said their targets come after: nobody has to read deploy.yml for it.</summary>
internal sealed class PipelineOrder
{
    private const int MostColumns = 4;

    private readonly EnvironmentOrder _order;

    public PipelineOrder(IReadOnlyList<LastingEnvironment> environments)
    {
        _order = new EnvironmentOrder(environments.Select(EnvironmentStage.Of));
        InOrder = [.. environments.OrderBy(environment => environment.Environment, _order)];
    }

    public IReadOnlyList<LastingEnvironment> InOrder { get; }

    /// <summary>What most repositories have gets a column; with one more than there is room for, each has its own.</summary>
    public static IReadOnlyList<EnvironmentName> ColumnsOf(IEnumerable<PipelineOrder> pipelines)
    {
        var all = pipelines
            .SelectMany(pipeline => pipeline.InOrder.Select(environment => (Of: environment, Depth: pipeline.DepthOf(environment), IsLinked: pipeline._order.IsLinked(environment.Environment))))
            .GroupBy(found => found.Of.Environment)
            .Select(found => (
                Environment: found.Key,
                Count: found.Count(),
                IsAlone: !found.Any(each => each.IsLinked),
                // The farthest: a repository that has only its production yet says nothing of what comes before it elsewhere.
                Depth: found.Max(each => each.Depth),
                Production: found.Average(each => each.Of.IsProduction ? 1.0 : 0)))
            .ToList();
        return
        [
            .. all
                .OrderByDescending(each => each.Count).ThenBy(each => each.IsAlone).ThenBy(each => each.Depth).ThenBy(each => each.Environment.Key, NaturalNames.Comparer)
                .Take(all.Count == MostColumns + 1 ? all.Count : MostColumns)
                .OrderBy(each => each.IsAlone).ThenBy(each => each.Depth).ThenBy(each => each.Production).ThenBy(each => each.Environment.Key, NaturalNames.Comparer)
                .Select(each => each.Environment),
        ];
    }

    /// <summary>An environment right before this one that is known to run something newer.</summary>
    public EnvironmentName? AheadOf(LastingEnvironment environment) =>
        environment.Live is { } live
            ? Before(environment).Where(before => before.Live is { } newer && live.IsBehind(newer)).Select(before => (EnvironmentName?)before.Environment).FirstOrDefault()
            : null;

    private int DepthOf(LastingEnvironment environment) => _order.DepthOf(environment.Environment);

    private IEnumerable<LastingEnvironment> Before(LastingEnvironment environment) =>
        _order.Before(environment.Environment).Select(name => InOrder.First(before => before.Environment == name));
}
