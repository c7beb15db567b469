namespace Deliverybot.Jobs.DeployFile;

/// <summary>One fault of a <c>deploy.yml</c>. Lines and columns count from 1; the path is the key's, empty for the file itself.</summary>
internal sealed record DeployFileError(int Line, int Column, string Path, string Message)
{
    public override string ToString() =>
        Path.Length == 0
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"line {Line}, column {Column}: {Message}")
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"line {Line}, column {Column}: {Path} {Message}");
}
