using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;

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
        ["target"] = TemplateRoot.Target,
        ["owner"] = TemplateRoot.Owner,
        ["repo"] = TemplateRoot.Repo,
        ["commit"] = TemplateRoot.Commit,
        ["pull_request"] = TemplateRoot.PullRequest,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Reads a path; where that fails, <paramref name="fault"/> says what would be right.</summary>
    public static TemplatePath? TryParse(string text, out string fault)
    {
        fault = "";
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
            fault = $"uses the unknown value {Shown.Short(words[0])}{NearestName.Hint(words[0], Roots.Keys)}";
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

        return new TemplatePath(root, [.. words.AsSpan(1)], text);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\z")]
    private static partial Regex Shape { get; }
}
