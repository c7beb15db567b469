namespace Deliverybot.Jobs.Gates;

/// <summary>Everything the gates decide on, read once for a look at a wish.</summary>
internal sealed record GateFacts
{
    public required WishFacts Wish { get; init; }

    /// <summary>The time of the look.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>Where its branch points; null where no push has told.</summary>
    public HeadFacts? Head { get; init; }

    /// <summary>What is known of the name that it was wished for by.</summary>
    public NameFacts Name { get; init; } = new(At: null, IsShared: false);

    /// <summary>The newest later wish for the same ref and target.</summary>
    public NewerWishFacts? Newer { get; init; }

    public LockFacts? Lock { get; init; }

    /// <summary>What a rollback left behind.</summary>
    public LockFacts? Hold { get; init; }

    /// <summary>What the environment runs now.</summary>
    public PlacedFacts? Live { get; init; }

    /// <summary>What the environment will run when all that is on its way there has arrived; null: nothing is, or what is live was sent later.</summary>
    public PlacedFacts? Coming { get; init; }

    /// <summary>Where the target queues: what is on its way to the environment, oldest first.</summary>
    public IReadOnlyList<PlacedFacts> Active { get; init; } = [];

    /// <summary>Earlier wishes that stand in this environment's queue, oldest first.</summary>
    public IReadOnlyList<PlacedFacts> Ahead { get; init; } = [];

    /// <summary>How the commit stands at each target named by <c>after</c>.</summary>
    public IReadOnlyList<AfterFacts> After { get; init; } = [];

    /// <summary>What GitHub answered when it was asked to deploy; null before that.</summary>
    public ChecksFacts? Checks { get; init; }
}
