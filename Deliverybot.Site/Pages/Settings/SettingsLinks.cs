namespace Deliverybot.Site.Pages.Settings;

internal static class SettingsLinks
{
    public const string Settings = "/_/settings";

    public const string SignOutEverywhere = "/_/settings?handler=SignOutEverywhere";
}
