namespace Deliverybot.Tests.Jobs.Events.AutoDeploy.Interleavings;

internal sealed record PlannedTarget(string Name, string? RequiredContext, string? Queue, bool? OnlyLatest, string? After)
{
    public string Yaml =>
        $"{Name}:\n  environment: {Name}\n  auto_deploy_on: refs/heads/main\n"
        + Line("required_contexts", RequiredContext is null ? null : $"[{RequiredContext}]")
        + Line("queue", Queue)
        + Line("only_latest", OnlyLatest is { } only ? only ? "true" : "false" : null)
        + Line("after", After is null ? null : $"[{After}]");

    private static string Line(string key, string? value) => value is null ? "" : $"  {key}: {value}\n";
}
