namespace Deliverybot.Site.Pages.Shared;

/// <summary>The colours that states have everywhere.</summary>
internal enum Tone
{
    Plain,
    Good,
    Busy,
    Wait,
    Bad,
}
