namespace Deliverybot.Jobs.DeployFile;

/// <summary>What a <c>deploy.yml</c> says, or everything that is wrong with it. Immutable, so it may be cached by blob sha.</summary>
internal abstract record DeployFileResult
{
    private DeployFileResult()
    {
    }

    /// <summary>The file is sound.</summary>
    public sealed record Valid(DeployTargets Targets) : DeployFileResult;

    /// <summary>The file can't be used; the errors are in the order of the file and there is at least one.</summary>
    public sealed record Invalid(IReadOnlyList<DeployFileError> Errors) : DeployFileResult;
}
