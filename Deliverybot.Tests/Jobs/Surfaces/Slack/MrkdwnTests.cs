using Deliverybot.Jobs.Surfaces.Slack.Messages;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Surfaces.Slack;

public sealed class MrkdwnTests
{
    [Theory]
    [InlineData("<!channel>", "`&lt;!channel&gt;`")]
    [InlineData("*bold*", "`*bold*`")]
    [InlineData("a`b", "`a\u02CBb`")]
    [InlineData("<https://evil.example|main>", "`&lt;https://evil.example|main&gt;`")]
    [InlineData("a&b", "`a&amp;b`")]
    [InlineData("two\nlines", "`two lines`")]
    [InlineData("", "–")]
    public void What_others_have_named_is_neither_a_mention_nor_markup(string name, string markup) => Mrkdwn.Of($"{name}").Markup.ShouldBe(markup);

    [Fact]
    public void What_we_write_is_markup() => Mrkdwn.Of($"*{"x"}* by {Mrkdwn.Link(new Uri("https://a.example/?x=1&y=2"), "A > B")}").Markup
        .ShouldBe("*`x`* by <https://a.example/?x=1&amp;y=2|A &gt; B>");

    [Fact]
    public void A_sentence_is_plain_text_without_mentions()
    {
        var message = BlockKit.Write(SlackAnswer.Refusal(Mrkdwn.Of($"No"), "Locked by <!here>: *because*"));

        message.ToJsonString().ShouldNotContain("<!here>");
        var section = message["blocks"]![1]!["text"]!;
        ((string?)section["type"]).ShouldBe("plain_text");
        ((string?)section["text"]).ShouldBe("Locked by &lt;!here&gt;: *because*");
    }
}
