namespace Deliverybot.Site.Operations;

/// <summary>What the program is told to do beside running the Site.</summary>
internal static class CommandWord
{
    public const string Known = "migrate, restored, check, ready, certificate, end-sessions and version";

    /// <summary>
    /// A word that begins the arguments and is no setting. A slip would start the Site, which is just what somebody who means to call one of
    /// the commands first doesn't want.
    /// </summary>
    /// <returns>Null where the arguments begin with a setting, or there are none.</returns>
    public static string? In(string[] args) => args is [[not ('-' or '/'), ..] word, ..] && !word.Contains('=', StringComparison.Ordinal) ? word : null;
}
