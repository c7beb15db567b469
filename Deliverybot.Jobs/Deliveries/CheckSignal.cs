using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Deliveries;

/// <summary>A status, check run or check suite event: of which commit, and whether it has ended (one that goes on can open no gate).</summary>
public readonly record struct CheckSignal(CommitSha Sha, bool Ended);
