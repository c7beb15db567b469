using Deliverybot.Jobs.DeployFile;
using Deliverybot.Site.Pages.Shared;

namespace Deliverybot.Site.Pages.Config;

/// <summary>A target with all that holds for it, also what its file leaves unsaid.</summary>
internal sealed record TargetCard(Target Target, IReadOnlyList<TargetCard.Fact> Facts, string? Payload)
{
    public static TargetCard Of(Target target) => new(
        target,
        [.. DeployKeys.All.Where(key => key.Card is not null).Select(key => new Fact(key.Card!.Label, key.Card.Text(target), target.Written.Contains(key.Name)))],
        target.Payload.Entries.IsEmpty ? null : PayloadText(target));

    private static string? PayloadText(Target target) => PrettyJson.Of(TargetJson.ToNode(target)!["payload"]?.ToJsonString());

    /// <param name="IsWritten">The file says so, be it what would hold anyway.</param>
    internal sealed record Fact(string Name, string Value, bool IsWritten);
}
