namespace Deliverybot.Sandbox.World;

/// <summary>The permissions and events that the App is registered with.</summary>
internal static class AppManifest
{
    public static readonly IReadOnlyDictionary<string, string> Permissions = new Dictionary<string, string>
    {
        ["checks"] = "read",
        ["contents"] = "read",
        ["deployments"] = "write",
        ["issues"] = "write",
        ["metadata"] = "read",
        ["pull_requests"] = "read",
        ["statuses"] = "write",
    };

    public static readonly IReadOnlyList<string> Events =
    [
        "check_run", "check_suite", "deployment", "deployment_status", "issue_comment", "pull_request",
        "push", "release", "repository", "status",
    ];
}
