namespace Deliverybot.Sandbox.World;

/// <summary>A comment on an issue or pull request.</summary>
public sealed class IssueComment
{
    private readonly Lock _gate;

    internal IssueComment(Lock gate) => _gate = gate;

    public required long Id { get; init; }

    public required int Number { get; init; }

    public required Account Author { get; init; }

    public required string Body { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }

    public bool ByApp { get; init; }

    public IReadOnlyList<Reaction> Reactions
    {
        get
        {
            lock (_gate)
            {
                return [.. ReactionList];
            }
        }
    }

    internal List<Reaction> ReactionList { get; } = [];
}
