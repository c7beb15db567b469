using Deliverybot.Jobs.Gates;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Gates;

public sealed class UnmetCheckTests
{
    [Theory]
    [InlineData("Waiting for ci (pending), e2e (expected).", "ci", "pending")]
    [InlineData("Waiting for ci (pending), e2e (expected).", "e2e", "expected")]
    [InlineData("Waiting for build (ubuntu) (in_progress), build (queued).", "build", "queued")]
    [InlineData("Waiting for build (ubuntu) (in_progress), build (queued).", "build (ubuntu)", "in_progress")]
    public void The_word_for_a_check_is_read_back_from_what_was_said(string said, string context, string word)
    {
        UnmetCheck.ReadFrom(said, context).State.ShouldBe(word);
        UnmetCheck.IsNamed(said, context).ShouldBeTrue();
    }

    [Fact]
    public void A_check_whose_name_only_ends_like_it_is_another_one()
    {
        const string said = "my-ci (failure) failed.";

        UnmetCheck.IsNamed(said, "ci").ShouldBeFalse();
        UnmetCheck.ReadFrom(said, "ci").State.ShouldBe("pending");
    }
}
