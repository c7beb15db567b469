namespace Deliverybot.Site.Operations;

/// <summary>Something that the program does beside running the Site.</summary>
/// <param name="Word">The first of its arguments.</param>
/// <param name="RunAsync">Answers what the process ends with.</param>
internal sealed record ProgramCommand(string Word, Func<Task<int>> RunAsync)
{
    /// <summary>
    /// A word that begins the arguments and is no setting. A slip would start the Site, which is just what somebody who means to call one of
    /// the commands first doesn't want.
    /// </summary>
    /// <returns>Null where the arguments begin with a setting, or there are none.</returns>
    public static string? WordIn(string[] args) => args switch
    {
        ["--version", ..] => "version",
        [[not ('-' or '/'), ..] word, ..] when !word.Contains('=', StringComparison.Ordinal) => word,
        _ => null,
    };
}
