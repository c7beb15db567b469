using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.GitHub.Deployments;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Gates;

/// <summary>What GitHub's refusal says of the required checks.</summary>
public sealed class UnmetCheckTests
{
    [Theory]
    [InlineData("ci=pending e2e=failure", "ci (pending), e2e (failure)")]
    // What is good is named among the others, and so may be what isn't required.
    [InlineData("ci=success e2e=pending", "e2e (pending)")]
    [InlineData("ci=pending e2e=success docs=failure", "ci (pending)")]
    // Nobody has reported on what isn't named.
    [InlineData("ci=success", "e2e (no result yet)")]
    [InlineData("ci=failure", "ci (failure), e2e (no result yet)")]
    [InlineData("", "ci (no result yet), e2e (no result yet)")]
    // A status and a check may have one name.
    [InlineData("ci=success ci=pending e2e=pending e2e=failure", "ci (pending), e2e (failure)")]
    // It refuses, and says nothing that would be in the way.
    [InlineData("ci=success e2e=success", "ci (unknown), e2e (unknown)")]
    [InlineData(null, "ci (unknown), e2e (unknown)")]
    public void A_refusal_says_how_the_required_checks_stand(string? named, string unmet)
    {
        IReadOnlyList<UnmetContext>? contexts = named is null
            ? null
            : [.. named.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split('=')).Select(one => new UnmetContext(one[0], one[1]))];

        var facts = ChecksFacts.From(new DeploymentCreation.ContextsUnmet(contexts, "Conflict: Commit status checks failed for main."), ["ci", "e2e"]);

        string.Join(", ", facts.Unmet).ShouldBe(unmet);
    }

    [Fact]
    public void What_a_verdict_keeps_of_a_check_is_all_of_it()
    {
        var check = new UnmetCheck("ci", UnmetCheck.Skipped, "build failed");

        UnmetCheck.Of(check.Kept).ShouldBe(check);
    }
}
