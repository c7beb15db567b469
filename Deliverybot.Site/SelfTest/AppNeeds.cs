namespace Deliverybot.Site.SelfTest;

/// <summary>What doesn't work where the App lacks something. A test holds the names to those that it is registered with.</summary>
internal static class AppNeeds
{
    /// <summary>By GitHub's name of the permission.</summary>
    public static readonly IReadOnlyDictionary<string, string> Permissions = new Dictionary<string, string>
    {
        ["checks"] = "nobody hears when a required check ends: commits that wait for one aren't deployed, and no checks are shown",
        ["contents"] = "deploy.yml can't be read and no push arrives: nothing is deployed",
        ["deployments"] = "no deployment can be created, and how they go isn't heard",
        ["issues"] = "commands in pull requests get no answer, and no comment says how a deployment goes",
        ["metadata"] = "no repository can be found, and nobody's rights be asked",
        ["pull_requests"] = "pull requests aren't deployed, commands in them aren't understood, and previews don't end with them",
        ["statuses"] = "commits don't say how they stand, required statuses aren't heard, and nothing can be promoted by a command",
    };

    /// <summary>By GitHub's name of the event.</summary>
    public static readonly IReadOnlyDictionary<string, string> Events = new Dictionary<string, string>
    {
        ["check_run"] = "commits that wait for a required check aren't deployed when it ends",
        ["check_suite"] = "commits whose required check was skipped aren't deployed",
        ["deployment"] = "deployments that others make aren't known",
        ["deployment_status"] = "deployments stay under way for ever, and nothing that comes after them goes on",
        ["issue_comment"] = "commands in pull requests are never heard",
        ["pull_request"] = "pull requests aren't deployed, and previews don't end with them",
        ["push"] = "no push is deployed",
        ["release"] = "no release is deployed",
        ["repository"] = "renamed, moved and deleted repositories are known by their old names for long",
        ["status"] = "commits that wait for a required status aren't deployed when it ends",
    };
}
