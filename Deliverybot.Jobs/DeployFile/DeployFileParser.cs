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
        return errors.Count switch
        {
            0 => new DeployFileResult.Valid(new DeployTargets(targets)),
            _ when text is not null && WorkflowFile.Is(root, text) => new DeployFileResult.Workflow(),
            _ => new DeployFileResult.Invalid(errors.InOrder()),
        };
    }
}

/// <summary>What a <c>deploy.yml</c> says, or everything that is wrong with it. Immutable, so it may be cached by blob sha.</summary>
internal abstract record DeployFileResult
{
    private DeployFileResult()
    {
    }

    /// <summary>What it means for a repository that has it.</summary>
    public abstract DeployFileState State { get; }

    /// <summary>The file is sound.</summary>
    public sealed record Valid(DeployTargets Targets) : DeployFileResult
    {
        public override DeployFileState State => new DeployFileState.Valid(Targets);
    }

    /// <summary>The file can't be used; the errors are in the order of the file and there is at least one.</summary>
    public sealed record Invalid(IReadOnlyList<DeployFileError> Errors) : DeployFileResult
    {
        public override DeployFileState State => new DeployFileState.Invalid(Errors);
    }

    /// <summary>It is a GitHub Actions workflow, and nobody meant it for us.</summary>
    public sealed record Workflow : DeployFileResult
    {
        public override DeployFileState State => new DeployFileState.Workflow();
    }
}
