namespace Deliverybot.Jobs.DeployFile;

/// <summary>What a repository says in <c>.github/deploy.yml</c>: each of these is a normal state that is shown, never a crash.</summary>
internal abstract record DeployFileState
{
    private DeployFileState()
    {
    }

    public sealed record Valid(DeployTargets Targets) : DeployFileState;

    /// <summary>There is no such file: the repository doesn't use Deliverybot (yet).</summary>
    public sealed record Absent : DeployFileState;

    /// <summary>There is something, but no file that can be read.</summary>
    public sealed record Unreadable(string Reason) : DeployFileState;

    public sealed record Invalid(IReadOnlyList<DeployFileError> Errors) : DeployFileState;
}
