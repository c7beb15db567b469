using System.Text.Json;

namespace Deliverybot.Site.Pages.Shared;

/// <summary>What the icon in the browser's tab says of a page that is open in the background. The more it matters, the greater it is.</summary>
internal enum PageState
{
    Quiet,
    Live,
    Busy,
    Failing,
}

/// <summary>Makes one of many: in each environment the newest deployment counts, and of the environments the worst.</summary>
internal static class PageStates
{
    /// <param name="deployments">The newest first.</param>
    public static PageState Of(IEnumerable<(EnvironmentName Environment, PageState? State)> deployments) =>
        deployments
            .Where(deployment => deployment.State is not null)
            .DistinctBy(deployment => deployment.Environment)
            .Select(deployment => deployment.State!.Value)
            .DefaultIfEmpty(PageState.Quiet)
            .Max();
}

/// <summary>The icon in the browser's tab, which says from afar how things stand.</summary>
internal static class PageIcon
{
    public const string Key = "Icon";

    /// <summary>For scripts: the icon by the state's word, the state that matters most last.</summary>
    public static string ByState { get; } = JsonSerializer.Serialize(Enum.GetValues<PageState>().ToDictionary(Word, state => Of(state)));

    public static string Word(PageState state) => state.ToString().ToLowerInvariant();

    public static string Of(PageState? state) => (state ?? PageState.Quiet) switch
    {
        PageState.Quiet => "/favicon.svg",
        PageState.Live => "/img/favicon-live.svg",
        PageState.Busy => "/img/favicon-busy.svg",
        PageState.Failing => "/img/favicon-failing.svg",
    };
}
