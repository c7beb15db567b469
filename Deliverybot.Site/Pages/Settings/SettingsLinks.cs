namespace Deliverybot.Site.Pages.Settings;

internal static class SettingsLinks
{
    public const string Settings = "/_/settings";

    public const string DeleteData = "/_/settings/delete";

    public const string SignOutEverywhere = "/_/settings?handler=SignOutEverywhere";
}
