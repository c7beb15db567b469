namespace Deliverybot.Site.Pages.Shared;

/// <summary>What the icon in the browser's tab says of a page that is open in the background. The more it matters, the greater it is.</summary>
internal enum PageState
{
    Quiet,
    Live,
    Busy,
    Failing,
}
