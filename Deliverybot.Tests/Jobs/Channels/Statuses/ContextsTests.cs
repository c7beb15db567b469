using Deliverybot.Data.Names;
using Deliverybot.Jobs.Channels.Statuses;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Channels.Statuses;

public sealed class ContextsTests
{
    [Fact]
    public void A_target_names_its_context() => Contexts.Of(new TargetName("production")).ShouldBe("deliverybot/production");

    [Theory]
    [InlineData("n")]
    [InlineData("🍵")]
    public void Longest_names_fit_and_stay_apart(string letter)
    {
        var name = string.Concat(Enumerable.Repeat(letter, 254));

        var (one, other) = (Contexts.Of(new TargetName($"{name}1")), Contexts.Of(new TargetName($"{name}2")));

        one.Length.ShouldBeInRange(254, 255);
        one.ShouldNotBe(other);
        one.ShouldStartWith($"deliverybot/{letter}");
        one[..one.IndexOf('…', StringComparison.Ordinal)].ShouldEndWith(letter);
    }
}
