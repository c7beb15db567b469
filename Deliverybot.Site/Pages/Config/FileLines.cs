using Deliverybot.Jobs.DeployFile.Faults;

namespace Deliverybot.Site.Pages.Config;

/// <summary>A file's text, line by line, with what is wrong in each.</summary>
internal sealed record FileLines(IReadOnlyList<FileLines.Line> Lines)
{
    public static FileLines Of(string text, IReadOnlyList<DeployFileError> errors)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var count = lines is [.., ""] && lines.Length > 1 && errors.All(error => error.Line < lines.Length) ? lines.Length - 1 : lines.Length;
        return new FileLines(
        [
            .. lines.Take(count).Select((line, index) => new Line(
                index + 1,
                line,
                [.. errors.Where(error => error.Line == index + 1 || (index == count - 1 && error.Line > count))])),
        ]);
    }

    internal sealed record Line(int Number, string Text, IReadOnlyList<DeployFileError> Errors);
}
