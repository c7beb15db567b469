namespace Deliverybot.Sandbox.World;

/// <summary>A pull request; <see cref="HeadSha"/> follows its branch while it is open.</summary>
public sealed class PullRequest
{
    public required long Id { get; init; }

    public required int Number { get; init; }

    public required string Title { get; set; }

    public required string Body { get; set; }

    public required Account Author { get; init; }

    public required Repository HeadRepository { get; init; }

    public required string HeadBranch { get; init; }

    public required string HeadSha { get; set; }

    public required string BaseBranch { get; init; }

    public required string BaseSha { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public bool Draft { get; set; }

    public bool Open { get; set; } = true;

    public DateTimeOffset? ClosedAt { get; set; }

    public DateTimeOffset? MergedAt { get; set; }

    public Account? MergedBy { get; set; }

    public string? MergeCommitSha { get; set; }
}
