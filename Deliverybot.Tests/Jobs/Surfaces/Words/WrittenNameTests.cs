using Deliverybot.Jobs.Surfaces.Words;
using Shouldly;
using Superpower;
using Xunit;

namespace Deliverybot.Tests.Jobs.Surfaces.Words;

/// <summary>What an answer proposes can be pasted as a command.</summary>
public sealed class WrittenNameTests
{
    [Theory]
    [InlineData("staging", "staging")]
    [InlineData("blue green", "\"blue green\"")]
    [InlineData("blue\u00A0green", "\"blue\u00A0green\"")]
    [InlineData("eu,us", "\"eu,us\"")]
    [InlineData("review/pr-7", "\"review/pr-7\"")]
    [InlineData("stäging🚀", "stäging🚀")]
    public void A_name_is_read_back_as_it_was(string name, string written)
    {
        ArgumentGrammar.Written(name).ShouldBe(written);
        ArgumentGrammar.Name.Parse(written).ShouldBe(name);
        ArgumentGrammar.Targets.Parse(written).ShouldHaveSingleItem().Value.ShouldBe(name);
    }
}
