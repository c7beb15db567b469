using CsCheck;
using Deliverybot.Jobs.Comments;
using Deliverybot.Jobs.Markup;
using Markdig.Syntax;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Markup;

public sealed class GitHubMarkdownTests
{
    public static TheoryData<string> Hostile =>
    [
        "[click](https://evil.example)", "![](https://evil.example/pixel.png)", "<https://evil.example>", "<img src=x onerror=alert(1)>",
        "<!-- hidden", "--> shown", "</td></tr></table>", "<details><summary>x</summary>", "&lt;b&gt; &amp; &#64;team", "https://evil.example/a?b=c",
        "http://evil.example", "ftp://evil.example", "www.evil.example", "mailto:a@b.example", "a@b.example", "@team", "@acme/owners", "x @team, y",
        "(@team)", "#123", "see #1 and #2", "acme/shop#1", "GH-1", "gh-77", "acme/shop@1a2b3c4", "1a2b3c4", "0123456789abcdef0123456789abcdef01234567",
        "a | b | c", "\\| a", "\\\\| a", "`code`", "``", "a `` b ` c", "```\nfence", "~~~", "~~gone~~", "**bold** _it_ __x__ *y*", "# heading", "> quote", "- item",
        "+ item", "* item", "1. item", "23) item", "=====", "---", "***", "[ ] task", "- [x] done", "[^1]", "[a]: https://evil.example", "one\ntwo",
        "one\r\n\r\n# two", "one\u2028two\u0085three", "tab\tbed", "\u202Eevil\u202C", "\u2066\u2069\u200F\u200E\u061C", "zero\u200Bwidth\u2060\uFEFF", "${{ secrets.TOKEN }}",
        "$x$ and $$y$$", ":rocket: :+1:", "!important", "\\", "a\\", "\0\u0007\u001B[31m", "\uD800 lone", "👩‍👩‍👧 ok", "{% raw %}", "^sup^", "\"quoted\" 'too'", "/deploy production",
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_sentence_stays_text(string text) => ShouldBeText(text, GitHubMarkdown.Plain(text));

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_name_stays_code(string text) => ShouldBeCode(text, GitHubMarkdown.Code(text));

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_table_keeps_its_form(string text)
    {
        var rendered = RenderedMarkdown.Of($"| a | b | c |\n| --- | --- | --- |\n| {GitHubMarkdown.Code(text, inTable: true)} | {GitHubMarkdown.Plain(text)} | end |\n\nafter");

        rendered.Rows.Count.ShouldBe(2);
        rendered.Rows[1].Length.ShouldBe(3);
        rendered.Rows[1][2].ShouldBe("end");
        rendered.Html.ShouldBeEmpty();
        rendered.Unplain.ShouldBeEmpty();
        rendered.Found.ShouldBeEmpty();
    }

    [Fact]
    public void Whatever_is_written_stays_text_and_code()
    {
        var pieces = Hostile.Select(row => row.Data).ToArray();
        var text = Gen.OneOf(Gen.Int[0, pieces.Length - 1].Select(which => pieces[which]), Gen.String, Gen.Char["`|\\*_[]()<>@#:&$~!.-+= \n1aw"].Select(character => $"{character}"))
            .Array[0, 8].Select(string.Concat);

        text.Sample(
            written =>
            {
                ShouldBeText(written, GitHubMarkdown.Plain(written));
                ShouldBeCode(written, GitHubMarkdown.Code(written));
            },
            iter: 3000);
    }

    [Fact]
    public void Ordinary_sentences_stay_readable_as_they_are()
    {
        GitHubMarkdown.Plain("production is locked by grace until 2026-11-23 18:00 UTC: stock-taking.")
            .ShouldBe("production is locked by grace until 2026-11-23 18:00 UTC: stock-taking.");
        GitHubMarkdown.Plain("1a2b3c4 has not succeeded at staging yet.").ShouldBe("`1a2b3c4` has not succeeded at staging yet.");
        GitHubMarkdown.Code("feature/tea").ShouldBe("`feature/tea`");
        GitHubMarkdown.Plain("").ShouldBe("–");
        GitHubMarkdown.Code(null).ShouldBe("–");
    }

    [Theory]
    [InlineData("https://ci.example/run/7?a=1&b=2#end", "https://ci.example/run/7?a=1&b=2#end")]
    [InlineData("http://ci.example/", "http://ci.example/")]
    [InlineData("https://ci.example/a(b)_[c]|d`e*f~<g>\"h", "https://ci.example/a%28b%29%5F%5Bc%5D%7Cd%60e%2Af%7E%3Cg%3E%22h")]
    [InlineData("https://ci.example/a&lt;b", "https://ci.example/a&lt;b")]
    [InlineData("https://ci.example/zu viel", "https://ci.example/zu%20viel")]
    [InlineData("https://ci.example/\u202Eevil", "https://ci.example/%E2%80%AEevil")]
    [InlineData("https://bücher.example/", "https://xn--bcher-kva.example/")]
    [InlineData("https://ci.example/)](https://evil.example", "https://ci.example/%29%5D%28https://evil.example")]
    public void A_link_leads_where_it_was_meant_to(string url, string address)
    {
        var link = GitHubMarkdown.Link("log", url).ShouldNotBeNull();

        RenderedMarkdown.Of($"| a |\n| --- |\n| {link} |").Links.ShouldBe([address]);
        RenderedMarkdown.Of($"See the {link}.").Links.ShouldBe([address]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/relative")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("ftp://ci.example/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://github.com@evil.example/")]
    [InlineData("https://a:b@ci.example/")]
    [InlineData("https://")]
    public void What_is_no_address_of_the_web_is_no_link(string? url) => GitHubMarkdown.Link("log", url).ShouldBeNull();

    [Fact]
    public void What_is_too_long_is_cut_after_a_whole_character()
    {
        var long_ = string.Concat(Enumerable.Repeat("👩‍👩‍👧", 70_000));

        GitHubMarkdown.Plain(long_).Length.ShouldBeLessThan(5000);
        GitHubMarkdown.Plain(long_).ShouldEndWith("👧…");
        GitHubMarkdown.Code(new string('`', 100_000)).Length.ShouldBeLessThan(500);
    }

    [Fact]
    public void A_comment_is_never_longer_than_GitHub_takes_and_ends_with_its_mark()
    {
        var row = $"| {new string('x', 300)} |\n";
        var body = CommentBody.Of($"| a |\n| --- |\n{string.Concat(Enumerable.Repeat(row, 400))}", "<!-- deliverybot:answer:1 -->");

        body.Length.ShouldBeLessThan(65_536);
        body.ShouldEndWith("|\n\n…\n\n<!-- deliverybot:answer:1 -->");
        RenderedMarkdown.Of(body).Rows.ShouldAllBe(cells => cells.Length == 1);
    }

    private static void ShouldBeText(string text, string markdown)
    {
        var rendered = RenderedMarkdown.Of($"Before {markdown} after\n\n{markdown}");

        rendered.Document.Select(block => block.GetType()).ShouldBe([typeof(ParagraphBlock), typeof(ParagraphBlock)], $"{text} → {markdown}");
        rendered.Unplain.ShouldBeEmpty($"{text} → {markdown}");
        rendered.Found.ShouldBeEmpty($"{text} → {markdown}");
        rendered.Text.Split('\n')[1].ShouldBe(Seen(text, 400), $"{text} → {markdown}");
    }

    private static void ShouldBeCode(string text, string markdown)
    {
        var rendered = RenderedMarkdown.Of($"{markdown}");

        rendered.Document.ShouldHaveSingleItem().ShouldBeOfType<ParagraphBlock>();
        rendered.Unplain.ShouldBeEmpty($"{text} → {markdown}");
        rendered.Text.TrimEnd('\n').ShouldBe(Seen(text, 120), $"{text} → {markdown}");
    }

    private static string Seen(string text, int most) => PlainLine.Of(text, most) is { Length: > 0 } line ? line : "–";
}
