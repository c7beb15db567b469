using Deliverybot.Jobs.DeployFile;
using Deliverybot.Site.Pages.Shared;

namespace Deliverybot.Site.Pages.Config;

/// <summary>A target with all that holds for it, also what its file leaves unsaid.</summary>
internal sealed record TargetCard(Target Target, IReadOnlyList<TargetCard.Fact> Facts, string? Payload)
{
    public static TargetCard Of(Target target)
    {
        var plain = new Target { Name = target.Name };
        return new TargetCard(
            target,
            [
                new("Environment", target.Environment.Text, target.Environment.Equals(plain.Environment)),
                new("Deploys on", Listed(target.AutoDeployOn, "nothing: by hand only"), target.AutoDeployOn.IsEmpty),
                new("After", Listed(target.After, "no other target"), target.After.IsEmpty),
                new("Required checks", Listed(target.RequiredContexts, "none"), target.RequiredContexts.IsEmpty),
                new("Queue", QueueText(target.Queue), target.Queue == plain.Queue),
                new("Commits", target.OnlyLatest ? "only the head of a branch" : "older ones, too, until a newer one went out", target.OnlyLatest),
                new("Task", target.Task, target.Task == plain.Task),
                new("Description", target.Description.Text is { Length: > 0 } text ? text : "none", target.Description.Equals(plain.Description)),
                new("Production", ProductionText(target), target.ProductionEnvironment is null),
                new("Preview", target.TransientEnvironment ? "yes: goes with its pull request" : "no", !target.TransientEnvironment),
                new("Merges first", target.AutoMerge ? "yes: the default branch into the ref" : "no", !target.AutoMerge),
                new("Forks", target.Forks ? "by command, with the sha named" : "never", !target.Forks),
            ],
            target.Payload.Entries.IsEmpty ? null : PayloadText(target));
    }

    private static string Listed<T>(IEnumerable<T> items, string none) => string.Join(", ", items) is { Length: > 0 } text ? text : none;

    private static string QueueText(QueueMode mode) => mode switch
    {
        QueueMode.None => "none: several at once",
        QueueMode.Latest => "latest: one at a time, then the newest",
        QueueMode.All => "all: one at a time, each in its turn",
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "No such mode."),
    };

    private static string ProductionText(Target target) => target switch
    {
        { ProductionEnvironment: { } said } => said ? "yes" : "no",
        { Environment.IsPlain: true } => target.IsProduction(new EnvironmentName(target.Environment.Text)) ? "yes" : "no",
        _ => "if the environment is production",
    };

    private static string? PayloadText(Target target) =>
        PrettyJson.Of(Jobs.DeployFile.Json.TargetJson.ToNode(target)!["payload"]?.ToJsonString());

    /// <param name="IsDefault">The file doesn't say so, or says what would hold anyway.</param>
    internal sealed record Fact(string Name, string Value, bool IsDefault);
}
