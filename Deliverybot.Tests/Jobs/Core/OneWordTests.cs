using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Tests.Site;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Core;

/// <summary>A state has one word, whether it stands alone, in a sentence or at the commit.</summary>
public sealed class OneWordTests
{
    [Theory]
    [InlineData(DeploymentState.Pending, "on its way")]
    [InlineData(DeploymentState.Waiting, "wait")]
    public void A_badge_and_a_sentence_say_the_same(DeploymentState state, string word)
    {
        var row = PageRows.Deployment(new RepositoryId(1), new string('a', 40), state: state);

        StateWords.Label(state, awaitsApproval: false, isSilent: false).ShouldStartWith(word);
        StateWords.Verb(row, TimeProvider.System.GetUtcNow()).ShouldContain(word);
    }

    [Fact]
    public void The_commit_status_says_it_as_the_badge_does() =>
        StateWords.OnItsWay(new EnvironmentName("production")).ToString().ShouldStartWith(StateWords.OnTheWay, Case.Insensitive);
}
