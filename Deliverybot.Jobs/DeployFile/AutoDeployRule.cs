using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile.Faults;

namespace Deliverybot.Jobs.DeployFile;

internal abstract record AutoDeployRule
{
    private const string PullRequestKeyword = "pr";
    private const string ReleaseKeyword = "release";

    private AutoDeployRule()
    {
    }

    /// <summary>A pull request was opened, reopened or got new commits: <c>pr</c>.</summary>
    public sealed record PullRequest : AutoDeployRule
    {
        protected override string Written => PullRequestKeyword;
    }

    /// <summary>A release was published: <c>release</c>.</summary>
    public sealed record Release : AutoDeployRule
    {
        protected override string Written => ReleaseKeyword;
    }

    /// <summary>A branch or tag was pushed: a full ref, or the beginning of one and a <c>*</c>.</summary>
    public sealed record Push(string Pattern) : AutoDeployRule
    {
        protected override string Written => Pattern;
    }

    /// <summary>
    /// Whether a push to this branch or tag deploys. Pull requests and releases are no pushes. A branch of GitHub's merge queue is nobody's
    /// branch: whoever writes <c>refs/heads/*</c> doesn't mean it, so that a pattern has to name it.
    /// </summary>
    public bool Matches(GitRef gitRef) =>
        this is Push { Pattern: var pattern }
        && (!gitRef.IsOfMergeQueue || pattern.StartsWith(GitRef.MergeQueue, StringComparison.Ordinal))
        && (pattern.EndsWith('*')
            ? gitRef.Value.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal)
            : string.Equals(gitRef.Value, pattern, StringComparison.Ordinal));

    protected abstract string Written { get; }

    public sealed override string ToString() => Written;

    /// <summary>Reads a rule; where that fails, <paramref name="fault"/> says what would be right.</summary>
    public static AutoDeployRule? TryParse(string text, out string fault)
    {
        fault = "";
        if (text is PullRequestKeyword)
        {
            return new PullRequest();
        }

        if (text is ReleaseKeyword)
        {
            return new Release();
        }

        fault = FaultOf(text);
        return fault.Length == 0 ? new Push(text) : null;
    }

    public static AutoDeployRule? Read(WrittenValue value) =>
        value.Text() is not { } text ? null : TryParse(text, out var fault) ?? value.Fault<AutoDeployRule>($"{Shown.Short(text)} {fault}");

    private static string FaultOf(string text)
    {
        var name = new GitRef(text).ShortName;
        var star = text.IndexOf('*', StringComparison.Ordinal);
        return text switch
        {
            _ when name.Length == text.Length => NotARef(text),
            "refs/heads/" or "refs/tags/" => $"names no branch or tag: write {text}* for all of them",
            _ when star >= 0 && star < text.Length - 1 => $"has a * in the middle: it matches all that follows, so it must come last: {text[..(star + 1)]}",
            _ when text.Any(char.IsWhiteSpace) => "contains white space, which no branch or tag can",
            _ => "",
        };
    }

    private static string NotARef(string text) => text.ToUpperInvariant() switch
    {
        "PR" or "PULL_REQUEST" or "PULL-REQUEST" or "PULLREQUEST" => "is unknown: for pull requests write pr",
        "RELEASE" or "RELEASES" or "RELEASED" => "is unknown: for published releases write release",
        _ when text.Length is 0 or > 100 || text.StartsWith("refs/", StringComparison.Ordinal) || text.Any(char.IsWhiteSpace) =>
            "is no trigger: write pr, release, refs/heads/<branch> or refs/tags/<tag>",
        _ => $"is no trigger: write refs/heads/{text} for a branch, refs/tags/{text} for a tag, pr or release",
    };
}
