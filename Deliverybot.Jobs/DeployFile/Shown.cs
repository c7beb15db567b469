namespace Deliverybot.Jobs.DeployFile;

/// <summary>Text from the file as error messages quote it: never longer than a line.</summary>
internal static class Shown
{
    private const int Most = 60;

    public static string Short(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        if (line.Length <= Most)
        {
            return line;
        }

        var end = char.IsHighSurrogate(line[Most - 1]) ? Most - 1 : Most;
        return string.Concat(line.AsSpan(0, end), "…");
    }
}
