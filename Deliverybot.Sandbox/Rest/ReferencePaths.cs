using System.Text.RegularExpressions;

namespace Deliverybot.Sandbox.Rest;

/// <summary>
/// GitHub takes references with plain slashes in the middle of a path (<c>…/commits/heads/main/status</c>), which no
/// route template can; their slashes are encoded before routing.
/// </summary>
internal static partial class ReferencePaths
{
    public static PathString Encode(PathString path)
    {
        var match = WithReference().Match(path.Value ?? "");
        return match.Success
            ? match.Groups["before"].Value + match.Groups["ref"].Value.Replace("/", "%2F", StringComparison.Ordinal) + match.Groups["after"].Value
            : path;
    }

    [GeneratedRegex("^(?<before>/api/v3/repos/[^/]+/[^/]+/(commits|compare|branches)/)(?<ref>.+?)(?<after>/(status|statuses|check-runs|check-suites|pulls|comments))?$")]
    private static partial Regex WithReference();
}
