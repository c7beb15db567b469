namespace Deliverybot.Site.Pages.Shared;

/// <summary>The icon in the browser's tab, which says from afar how things stand.</summary>
internal static class PageIcon
{
    public const string Key = "Icon";

    public static string Of(PageState? state) => state switch
    {
        null or PageState.Quiet => "/favicon.svg",
        PageState.Live => "/img/favicon-live.svg",
        PageState.Busy => "/img/favicon-busy.svg",
        PageState.Failing => "/img/favicon-failing.svg",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such state."),
    };
}
