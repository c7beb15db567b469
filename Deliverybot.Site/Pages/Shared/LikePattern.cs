namespace Deliverybot.Site.Pages.Shared;

/// <summary>What SQL's <c>ILIKE</c> takes for exactly this text, in whatever case.</summary>
internal static class LikePattern
{
    public const string Escape = "\\";

    public static string Exactly(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
