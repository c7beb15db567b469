using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Acts.Rollbacks;

/// <summary>What a rollback would do now.</summary>
/// <param name="Sentence">In words.</param>
/// <param name="To">The commit that would go there; null where there is none.</param>
internal sealed record RollbackPreview(string Sentence, CommitSha? To);
