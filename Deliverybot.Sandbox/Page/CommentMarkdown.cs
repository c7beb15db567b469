using Markdig;
using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Deliverybot.Sandbox.Page;

/// <summary>A comment as GitHub would show it, roughly: tables and emphasis, and of HTML what folds and breaks lines.</summary>
internal static class CommentMarkdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseAutoLinks().Build();

    private static readonly string[] Harmless = ["<br>", "<details>", "</details>", "<summary>", "</summary>"];

    public static string ToHtml(string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var block in document.Descendants<HtmlBlock>().Where(block => !IsHarmless(block.Lines.ToString())).ToList())
        {
            block.Parent!.Remove(block);
        }

        foreach (var inline in document.Descendants<HtmlInline>().Where(inline => !IsHarmless(inline.Tag)).ToList())
        {
            inline.Remove();
        }

        foreach (var link in document.Descendants<LinkInline>().Where(link => link.Url is { } url && !url.StartsWith("http", StringComparison.Ordinal)))
        {
            link.Url = "#";
        }

        using var html = new StringWriter();
        var renderer = new HtmlRenderer(html);
        Pipeline.Setup(renderer);
        renderer.Render(document);
        return html.ToString();
    }

    // Its tags aside, there must be no markup left.
    private static bool IsHarmless(string html)
    {
        var rest = Harmless.Aggregate(html, (left, tag) => left.Replace(tag, "", StringComparison.Ordinal));
        return !rest.Contains('<', StringComparison.Ordinal);
    }
}
