namespace Deliverybot.Site.Pages.SetUp;

internal sealed record SettingView(string Key, string Meaning, bool IsSet);
