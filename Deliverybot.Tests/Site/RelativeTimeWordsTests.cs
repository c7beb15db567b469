using Deliverybot.Site.Pages.Shared;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

public sealed class RelativeTimeWordsTests
{
    [Theory]
    [InlineData(4 * 3600, "in 4 hours")]
    [InlineData((4 * 3600) - 20, "in 4 hours")]
    [InlineData(40, "in 1 minute")]
    [InlineData(20, "in a moment")]
    [InlineData(-20, "just now")]
    [InlineData(-90, "1 minute ago")]
    public void What_is_to_come_has_not_been_just_now(int seconds, string words)
    {
        var now = new DateTimeOffset(2026, 11, 23, 18, 0, 0, TimeSpan.Zero);

        RelativeTime.Of(now.AddSeconds(seconds), now).ShouldBe(words);
    }
}
