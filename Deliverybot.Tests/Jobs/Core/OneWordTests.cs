using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Site.Pages.Shared;
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
    public void What_nobody_approved_is_nowhere_said_to_have_failed()
    {
        var row = PageRows.Deployment(new RepositoryId(1), new string('a', 40), state: DeploymentState.Failure);
        row.AwaitsApproval = true;
        var step = new DeploymentStep { State = DeploymentState.Failure, At = row.CreatedAt };

        StateWords.Verb(row, row.CreatedAt).ShouldBe("was not deployed to");
        StateWords.Fault(row).ShouldBe("was not deployed to");
        StateView.Of(row, isLive: false, row.CreatedAt).Label.ShouldBe("not approved");
        StateView.Of(step, row).Label.ShouldBe("not approved");
        row.AwaitsApproval = false;
        StateView.Of(step, row).Label.ShouldBe("failed");
    }

    [Fact]
    public void The_commit_status_says_it_as_the_badge_does() =>
        StateWords.OnItsWay(new EnvironmentName("production")).ToString().ShouldStartWith(StateWords.OnTheWay, Case.Insensitive);
}
