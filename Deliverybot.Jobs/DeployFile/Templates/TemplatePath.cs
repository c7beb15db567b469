using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Deliverybot.Jobs.DeployFile.Faults;

namespace Deliverybot.Jobs.DeployFile.Templates;

/// <summary>What stands between <c>${{</c> and <c>}}</c>: a known word and, for GitHub's objects, the fields below it.</summary>
internal sealed partial record TemplatePath(TemplateRoot Root, ImmutableArray<string> Fields, string Text)
{
    private static readonly FrozenDictionary<string, TemplateRoot> Roots = new Dictionary<string, TemplateRoot>
    {
        ["ref"] = TemplateRoot.Ref,
        ["sha"] = TemplateRoot.Sha,
        ["short_sha"] = TemplateRoot.ShortSha,
        ["pr"] = TemplateRoot.Pr,
        ["target"] = TemplateRoot.TargetName,
        ["owner"] = TemplateRoot.Owner,
        ["repo"] = TemplateRoot.Repo,
        ["commit"] = TemplateRoot.Commit,
        ["pull_request"] = TemplateRoot.PullRequest,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Reads a path; where that fails, <paramref name="fault"/> says what would be right.</summary>
    /// <param name="text">What stands between the braces.</param>
    /// <param name="fault">What is wrong.</param>
    /// <param name="isKept">It was read by an earlier version, which didn't know the fields of GitHub's objects.</param>
    public static TemplatePath? TryParse(string text, out string fault, bool isKept = false)
    {
        fault = "";
        if (text is ['{' or '&', ..] && text[1..].Trim() is { } unescaped && Shape.IsMatch(unescaped))
        {
            // Older versions escaped values for HTML, unless they were asked like this.
            var isSound = TryParse(unescaped, out fault) is not null;
            fault = isSound ? $"holds ${{{{{Shown.Short(text)}: write ${{{{ {Shown.Short(unescaped)} }}}}, for values are never escaped" : fault;
            return null;
        }

        if (!Shape.IsMatch(text))
        {
            fault = text.Length == 0
                ? "holds an empty ${{ }}: name a value, such as ${{ sha }}"
                : $"holds ${{{{ {Shown.Short(text)} }}}}, which is no path: write a value's name and its fields with dots between, such as ${{{{ pull_request.title }}}}";
            return null;
        }

        var words = text.Split('.');
        if (!Roots.TryGetValue(words[0], out var root))
        {
            fault = $"uses the unknown value {Shown.Short(words[0])}{(OldSpelling.Renamed(text) is { } now ? $": write ${{{{ {now} }}}}" : NearestName.Hint(words[0], Roots.Keys))}";
            return null;
        }

        var isObject = root is TemplateRoot.Commit or TemplateRoot.PullRequest;
        if (isObject != words.Length > 1)
        {
            fault = isObject
                ? $"uses {text} as a whole: name one of its fields, such as ${{{{ {text}.{(root is TemplateRoot.Commit ? "sha" : "title")} }}}}"
                : $"uses {Shown.Short(text)}, but {words[0]} has no fields: write ${{{{ {words[0]} }}}}";
            return null;
        }

        if (!isKept && TemplateFields.FaultOf(root, words) is { } unknown)
        {
            fault = unknown;
            return null;
        }

        return new TemplatePath(root, [.. words.AsSpan(1)], text);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\z")]
    private static partial Regex Shape { get; }
}

/// <summary>What the first word of a path in a template stands for.</summary>
internal enum TemplateRoot
{
    Ref,
    Sha,
    ShortSha,
    Pr,
    TargetName,
    Owner,
    Repo,
    Commit,
    PullRequest,
}

/// <summary>
/// Templates as older versions wrote them: <c>{{ pr }}</c> without the dollar sign. It would stay text, and all pull requests would share
/// one environment. Other words in braces are somebody else's templates, and so are three braces.
/// </summary>
internal static partial class OldSpelling
{
    public const string Open = "{{";

    /// <summary>Finds them in a text that holds no template of ours.</summary>
    /// <param name="text">The text.</param>
    /// <param name="offset">Where it begins in the template.</param>
    public static IEnumerable<TemplateFault> In(string text, int offset) =>
        text.Contains(Open, StringComparison.Ordinal)
            ? Old.Matches(text).Select(match => new TemplateFault(
                offset + match.Index, $"holds {Shown.Short(match.Value)}, an older spelling that stays text: write {New(match.Groups["path"].Value)}", Open))
            : [];

    /// <summary>What takes the place of a word that has another name now.</summary>
    public static string? Renamed(string path) => path == "number" ? "pr" : null;

    private static string New(string path)
    {
        var renamed = Renamed(path) ?? path;
        return $"{Template.Open} {Shown.Short(TemplatePath.TryParse(renamed, out _) is null && TemplatePath.TryParse($"commit.{path}", out _) is not null ? $"commit.{path}" : renamed)} {Template.Close}";
    }

    [GeneratedRegex(@"\{\{\s*(?<path>ref|sha|short_sha|pr|number|target|owner|repo|(?:commit|pull_request)(?:\.[A-Za-z0-9_-]+)+)\s*\}\}(?!\})", RegexOptions.ExplicitCapture)]
    private static partial Regex Old { get; }
}
