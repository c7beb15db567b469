using Deliverybot.Jobs.DeployFile.Yaml;

namespace Deliverybot.Jobs.DeployFile;

/// <summary>One fault of a <c>deploy.yml</c>. Lines and columns count from 1; the path is the key's, empty for the file itself.</summary>
internal sealed record DeployFileError(int Line, int Column, string Path, string Message)
{
    public override string ToString() =>
        Path.Length == 0
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"line {Line}, column {Column}: {Message}")
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"line {Line}, column {Column}: {Path} {Message}");
}

/// <summary>Gathers the errors of one file. Nobody reads past the first two hundred, and a hostile file could have very many.</summary>
internal sealed class DeployFileErrors
{
    private const int Most = 200;

    private readonly List<DeployFileError> errors = [];

    public int Count => errors.Count;

    /// <summary>Whether more errors would be left out, so that nobody need take pains to word them.</summary>
    public bool IsFull => errors.Count == Most;

    public void Add(YamlPosition position, NodePath path, string message)
    {
        if (!IsFull)
        {
            errors.Add(new DeployFileError(position.Line, position.Column, path.ToString(), message));
        }
    }

    public IReadOnlyList<DeployFileError> InOrder() => [.. errors.Distinct().OrderBy(error => error.Line).ThenBy(error => error.Column)];
}
