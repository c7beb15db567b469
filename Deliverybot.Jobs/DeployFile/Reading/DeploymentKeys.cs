using Deliverybot.Jobs.DeployFile.Templates;

namespace Deliverybot.Jobs.DeployFile.Reading;

/// <summary>The keys that a target and an entry of the legacy <c>deployments</c> list share; nothing where they are left out.</summary>
internal sealed record DeploymentKeys(string? Task, bool? AutoMerge, PayloadValue.Map? Payload, Template? Environment, Template? Description)
{
    public static readonly string[] Known = ["task", "auto_merge", "payload", "environment", "description"];

    public static DeploymentKeys Read(KeyReader keys) => new(
        keys.Text("task"),
        keys.Flag("auto_merge"),
        keys.Payload("payload"),
        keys.Environment("environment"),
        keys.Template("description"));
}
