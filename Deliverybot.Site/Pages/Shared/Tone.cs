namespace Deliverybot.Site.Pages.Shared;

/// <summary>The colours that states have everywhere. The more one matters, the greater it is.</summary>
internal enum Tone
{
    Plain,
    Good,
    Busy,
    Wait,
    Bad,
}
