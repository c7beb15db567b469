using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.DeployFile.Faults;

namespace Deliverybot.Site.Pages.Config;

/// <summary>What came of trying a file.</summary>
internal abstract record TryAnswer
{
    private TryAnswer()
    {
    }

    /// <summary>The form can't be understood.</summary>
    public sealed record Unclear(string Reason) : TryAnswer;

    public sealed record Faulty(IReadOnlyList<DeployFileError> Errors) : TryAnswer;

    /// <param name="At">As if it were then; null: now.</param>
    public sealed record Played(RehearsalEvent Event, IReadOnlyList<Rehearsed> Targets, string? At) : TryAnswer;
}
