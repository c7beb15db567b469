namespace Deliverybot.Site.Pages.Shared;

/// <summary>What the icon in the browser's tab says of a page that is open in the background.</summary>
internal enum PageState
{
    Quiet,
    Live,
    Busy,
    Failing,
}
