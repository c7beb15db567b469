using System.Text;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.Emoji;
using Markdig.Extensions.Mathematics;
using Markdig.Extensions.Tables;
using Markdig.Extensions.TaskLists;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using MarkdownReader = Markdig.Markdown;

namespace Deliverybot.Tests.Jobs.Markup;

/// <summary>A comment as a reader sees it: what of it is text, code, links, tables, and what GitHub would make links of besides.</summary>
internal sealed partial class RenderedMarkdown
{
    private static readonly MarkdownPipeline GitHubLike = new MarkdownPipelineBuilder()
        .UsePipeTables().UseAutoLinks().UseEmphasisExtras().UseTaskLists().UseFootnotes().UseMathematics().UseEmojiAndSmiley(enableSmileys: false).Build();

    private RenderedMarkdown(MarkdownDocument document) => Document = document;

    public MarkdownDocument Document { get; }

    /// <summary>The addresses of its links.</summary>
    public IReadOnlyList<string> Links =>
        [.. Document.Descendants<LinkInline>().Select(link => link.Url ?? ""), .. Document.Descendants<AutolinkInline>().Select(link => link.Url)];

    /// <summary>What is written as HTML, our invisible marks aside.</summary>
    public IReadOnlyList<string> Html =>
    [
        .. Document.Descendants<HtmlInline>().Select(html => html.Tag),
        .. Document.Descendants<HtmlBlock>().Select(html => html.Lines.ToString()).Where(html => !Mark.IsMatch(html)),
    ];

    /// <summary>The rows of all tables, cell by cell.</summary>
    public IReadOnlyList<string[]> Rows =>
        [.. Document.Descendants<TableRow>().Select(row => row.OfType<TableCell>().Select(cell => TextOf(cell).Trim()).ToArray())];

    /// <summary>What isn't text, code or a line break: formatting, pictures, formulas, emoji, boxes to tick.</summary>
    public IReadOnlyList<string> Unplain =>
    [
        .. Document.Descendants<Inline>()
            .Where(inline => inline is EmphasisInline or LinkInline or AutolinkInline or HtmlInline or MathInline or EmojiInline or TaskList)
            .Select(inline => inline.GetType().Name),
    ];

    /// <summary>Mentions, numbers of issues, commits and addresses that GitHub finds in text.</summary>
    public IReadOnlyList<string> Found => [.. References.Matches(Prose).Select(match => match.Value)];

    /// <summary>All text, without code.</summary>
    public string Prose => string.Concat(Document.Descendants<LeafBlock>().Select(leaf => TextOf(leaf.Inline, code: false) + "\n"));

    /// <summary>All text and code, as somebody reads it.</summary>
    public string Text => string.Concat(Document.Descendants<LeafBlock>().Select(leaf => TextOf(leaf.Inline, code: true) + "\n")).Replace("\u200B", "", StringComparison.Ordinal);

    public static RenderedMarkdown Of(string markdown) => new(MarkdownReader.Parse(markdown, GitHubLike));

    private static string TextOf(ContainerBlock block) =>
        string.Concat(block.Descendants<LeafBlock>().Select(leaf => TextOf(leaf.Inline, code: true))).Replace("\u200B", "", StringComparison.Ordinal);

    private static string TextOf(ContainerInline? inlines, bool code)
    {
        var text = new StringBuilder();
        foreach (var inline in inlines?.Descendants<LeafInline>() ?? [])
        {
            text.Append(inline switch
            {
                LiteralInline literal => literal.Content.ToString(),
                HtmlEntityInline entity => entity.Transcoded.ToString(),
                CodeInline span => code ? span.Content : "\u0001",
                LineBreakInline => "\n",
                _ => "",
            });
        }

        return text.ToString();
    }

    [GeneratedRegex(@"^<!-- deliverybot:[a-z0-9:-]+ -->$")]
    private static partial Regex Mark { get; }

    [GeneratedRegex(@"(?<![\w`])@[a-z0-9]|(?<!\w)#\d|\bgh-\d|\b[0-9a-f]{7,40}\b|\bwww\.|://|(?<=\w)@\w", RegexOptions.IgnoreCase)]
    private static partial Regex References { get; }
}
