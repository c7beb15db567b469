namespace Deliverybot.Tests.Jobs.Events.Deliveries.Rubbish;

/// <summary>Without what stands here an event means nothing to us. Everything else that GitHub sends may be missing or wrong.</summary>
internal static class NeededFields
{
    private static readonly string[] Always = ["repository.id", "repository.name", "repository.owner.login", "installation.id"];

    private static readonly Dictionary<string, string[]> Fields = new()
    {
        ["push"] = ["ref", "before", "after"],
        ["pull_request"] = ["action", "pull_request.number", "pull_request.head.ref", "pull_request.head.sha", "pull_request.head.repo.id", "sender.login", "sender.id"],
        ["release"] = ["action", "release.tag_name", "release.draft"],
        ["deployment"] = ["deployment.id", "deployment.sha", "deployment.environment"],
        ["deployment_status"] =
            ["deployment.id", "deployment.sha", "deployment.environment", "deployment_status.id", "deployment_status.state"],
        ["status"] = ["sha", "context", "state"],
        ["check_run"] = ["action", "check_run.name", "check_run.head_sha", "check_run.conclusion"],
        ["check_suite"] = ["action", "check_suite.head_sha", "check_suite.conclusion"],
        ["issue_comment"] =
            ["action", "issue.number", "issue.pull_request", "comment.id", "comment.body", "comment.user.login", "comment.user.id"],
        ["repository"] = ["action"],
        ["installation"] = ["action"],
        ["installation_repositories"] = ["action"],
    };

    public static IEnumerable<string> Events => Fields.Keys;

    public static Predicate<string> Of(string eventName)
    {
        var needed = Fields[eventName].Concat(Always).SelectMany(Ways).ToHashSet();
        return needed.Contains;
    }

    private static IEnumerable<string> Ways(string path)
    {
        var parts = path.Split('.');
        return Enumerable.Range(1, parts.Length).Select(length => string.Join('.', parts[..length]));
    }
}
