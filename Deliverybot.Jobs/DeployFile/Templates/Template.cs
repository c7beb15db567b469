using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.DeployFile.Templates;

/// <summary>
/// Text with <c>${{ path }}</c> in it. A value is put in as plain text and never read again as a template. Equal where the text is.
/// </summary>
internal sealed class Template : IEquatable<Template>
{
    public const string Open = "${{";
    public const string Close = "}}";

    private readonly ImmutableArray<TemplatePart> parts;
    private readonly TemplateResult.Rendered? plain;

    private Template(string text, ImmutableArray<TemplatePart> parts)
    {
        Text = text;
        this.parts = parts;
        plain = parts.IsEmpty ? new TemplateResult.Rendered(text) : null;
    }

    /// <summary>The template as it was written.</summary>
    public string Text { get; }

    /// <summary>Whether it says the same whatever the values are.</summary>
    public bool IsPlain => plain is not null;

    public bool NeedsCommit => Uses(TemplateRoot.Commit);

    /// <summary>Whether it uses GitHub's pull request object; for <c>pr</c> the number is enough.</summary>
    public bool NeedsPullRequest => Uses(TemplateRoot.PullRequest);

    /// <summary>Whether it says something else where the deployment belongs to another pull request, or to none.</summary>
    public bool DependsOnPullRequest => NeedsPullRequest || Uses(TemplateRoot.Pr);

    /// <exception cref="FormatException">It is malformed or names an unknown value.</exception>
    public static Template Parse(string text) =>
        TryParse(text, out var template, out var faults) ? template : throw new FormatException($"The template '{text}' {faults[0].Message}.");

    /// <summary>Reads a template that was kept: an earlier version may have let pass what is a fault of the file today.</summary>
    /// <exception cref="FormatException">No version has ever let it pass.</exception>
    public static Template Kept(string text) =>
        TryParse(text, out var template, out var faults, isKept: true) ? template : throw new FormatException($"The template '{text}' {faults[0].Message}.");

    /// <summary>Reads a template; where that fails, <paramref name="faults"/> holds all that is wrong.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Template? template, out IReadOnlyList<TemplateFault> faults) =>
        TryParse(text, out template, out faults, isKept: false);

    private static bool TryParse(string text, [NotNullWhen(true)] out Template? template, out IReadOnlyList<TemplateFault> faults, bool isKept)
    {
        var open = text.IndexOf(Open, StringComparison.Ordinal);
        var found = new List<TemplateFault>();
        if (open < 0)
        {
            found.AddRange(isKept ? [] : OldSpelling.In(text, offset: 0));
            template = found.Count == 0 ? new Template(text, []) : null;
            faults = found;
            return template is not null;
        }

        var parts = ImmutableArray.CreateBuilder<TemplatePart>();
        var start = 0;
        while (open >= 0)
        {
            found.AddRange(isKept ? [] : OldSpelling.In(text[start..open], start));
            var inside = open + Open.Length;
            var close = text.IndexOf(Close, inside, StringComparison.Ordinal);
            if (close < 0)
            {
                found.Add(new(open, "has a ${{ without its }}"));
                start = text.Length;
                break;
            }

            var path = TemplatePath.TryParse(text[inside..close].Trim(), out var fault, isKept);
            if (path is null)
            {
                found.Add(new(open, fault));
            }

            parts.Add(new(text[start..open], path));
            start = close + Close.Length;
            open = text.IndexOf(Open, start, StringComparison.Ordinal);
        }

        found.AddRange(isKept ? [] : OldSpelling.In(text[start..], start));
        parts.Add(new(text[start..], null));
        template = found.Count == 0 ? new Template(text, parts.DrainToImmutable()) : null;
        faults = found;
        return template is not null;
    }

    /// <summary>Puts the values in; <paramref name="key"/> is the key of <c>deploy.yml</c> that a failure is to name.</summary>
    public TemplateResult Render(TemplateValues values, string key)
    {
        if (plain is not null)
        {
            return plain;
        }

        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(part.Text);
            if (part.Path is null)
            {
                continue;
            }

            var value = TemplateLookup.Find(part.Path, values, out var fault);
            if (value is null)
            {
                return new TemplateResult.Unrendered($"Target {values.TargetName}, key {key}: {fault}.");
            }

            text.Append(value);
        }

        return new TemplateResult.Rendered(text.ToString());
    }

    /// <summary>The text with only the target's name put in: what tells the environments of two targets apart.</summary>
    public string For(TargetName target) =>
        IsPlain ? Text : string.Concat(parts.Select(part => part.Text + part.Path switch
        {
            null => "",
            { Root: TemplateRoot.TargetName } => target.Value,
            var path => $"{Open}{path.Text}{Close}",
        }));

    public bool Equals(Template? other) => other is not null && string.Equals(Text, other.Text, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as Template);

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;

    private bool Uses(TemplateRoot root) => !IsPlain && parts.Any(part => part.Path?.Root == root);
}

/// <summary>Plain text and the value that follows it, if one does.</summary>
internal readonly record struct TemplatePart(string Text, TemplatePath? Path);

/// <summary>What is wrong with a template, and at which of its characters (from 0) it begins: with the text <paramref name="Begins"/>.</summary>
internal readonly record struct TemplateFault(int Offset, string Message, string Begins = Template.Open);

/// <summary>A rendered template, or why it can't be rendered.</summary>
internal abstract record TemplateResult
{
    private TemplateResult()
    {
    }

    public abstract T Match<T>(Func<string, T> rendered, Func<string, T> unrendered);

    public sealed record Rendered(string Text) : TemplateResult
    {
        public override T Match<T>(Func<string, T> rendered, Func<string, T> unrendered) => rendered(Text);
    }

    /// <summary>A sentence for the user that names target and key.</summary>
    public sealed record Unrendered(string Message) : TemplateResult
    {
        public override T Match<T>(Func<string, T> rendered, Func<string, T> unrendered) => unrendered(Message);
    }
}
