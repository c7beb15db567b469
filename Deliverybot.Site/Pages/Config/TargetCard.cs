using Deliverybot.Jobs.DeployFile;
using Deliverybot.Site.Pages.Shared;

namespace Deliverybot.Site.Pages.Config;

/// <summary>A target with all that holds for it, also what its file leaves unsaid.</summary>
internal sealed record TargetCard(Target Target, IReadOnlyList<TargetCard.Fact> Facts, string? Payload)
{
    public static TargetCard Of(Target target) => new(
        target,
        [.. DeployKeys.All.Select(key => key.Card).OfType<DeployKey.CardFact>().Select(fact => new Fact(fact.Label, fact.Text(target), fact.IsDefault(target)))],
        target.Payload.Entries.IsEmpty ? null : PayloadText(target));

    private static string? PayloadText(Target target) => PrettyJson.Of(TargetJson.ToNode(target)!["payload"]?.ToJsonString());

    /// <param name="IsDefault">The file doesn't say so, or says what would hold anyway.</param>
    internal sealed record Fact(string Name, string Value, bool IsDefault);
}
