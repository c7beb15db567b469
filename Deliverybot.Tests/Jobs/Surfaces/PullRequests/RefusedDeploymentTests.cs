using Deliverybot.Sandbox.Faults;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Surfaces.PullRequests;

/// <summary>What GitHub itself won't deploy.</summary>
public sealed class RefusedDeploymentTests(House house) : IClassFixture<House>
{
    [Fact]
    public async Task A_trigger_that_GitHub_refuses_is_said_aloud()
    {
        RefuseDeployments();
        try
        {
            var talk = new ConversationDriver(house, "review:\n  auto_deploy_on: pr\n  environment: review\n");
            await talk.Shop.SettleAsync();
            talk.Failures.ShouldHaveSingleItem().ShouldContain("Environment name is reserved");
            (await talk.AskAsync("/deploy review")).ShouldContain("GitHub refused it: Environment name is reserved");
            talk.Failures.Count.ShouldBe(1);
        }
        finally
        {
            house.GitHub.Faults.Clear();
        }
    }

    [Fact]
    public async Task What_GitHub_refuses_after_a_wait_is_said_aloud()
    {
        var talk = new ConversationDriver(house, "review:\n  auto_deploy_on: pr\n  environment: review\n  required_contexts: [ci]\n");
        await talk.Shop.SettleAsync();
        RefuseDeployments();
        try
        {
            house.World.SetStatus(talk.Repository, talk.Head, "ci", "success", house.Ada);
            await talk.Shop.SettleAsync();
            talk.Failures.ShouldHaveSingleItem().ShouldContain("Environment name is reserved");
        }
        finally
        {
            house.GitHub.Faults.Clear();
        }
    }

    private void RefuseDeployments() => house.GitHub.Faults.Add(new FaultRule
    {
        Method = "POST",
        Route = "/repos/{owner}/{repo}/deployments",
        ErrorShare = 1,
        ErrorStatus = 422,
        ErrorMessage = "Environment name is reserved",
    });
}
