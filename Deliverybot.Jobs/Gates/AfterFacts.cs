using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Gates;

/// <summary>How a commit stands at an earlier target: whether it succeeded there, and whether one deployed there later has failed.</summary>
internal sealed record AfterFacts(TargetName Target, bool Succeeded, bool FailedSince);
