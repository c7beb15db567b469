using Deliverybot.Jobs.DeployFile.Reading;
using Deliverybot.Jobs.DeployFile.Yaml;

namespace Deliverybot.Jobs.DeployFile;

/// <summary>Reads <c>.github/deploy.yml</c>. Pure: the same bytes always mean the same.</summary>
internal static class DeployFileParser
{
    /// <summary>Reads the file, whatever its bytes are; all errors are reported at once.</summary>
    public static DeployFileResult Parse(ReadOnlyMemory<byte> bytes)
    {
        var errors = new DeployFileErrors();
        var text = DeployFileText.Decode(bytes.Span, errors);
        var root = text is null ? null : new YamlComposer(text, errors).Compose();
        if (root is null && errors.Count == 0)
        {
            errors.Add(YamlPosition.Start, NodePath.Root, TargetsReader.Empty);
        }

        var targets = root is null ? [] : new TargetsReader(text!, errors).Read(root);
        return errors.Count == 0 ? new DeployFileResult.Valid(new DeployTargets(targets)) : new DeployFileResult.Invalid(errors.InOrder());
    }
}
