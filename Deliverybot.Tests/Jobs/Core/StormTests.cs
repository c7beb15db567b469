using Deliverybot.Sandbox.Faults;
using Deliverybot.Tests.Harness;
using Xunit;

namespace Deliverybot.Tests.Jobs.Core;

/// <summary>A busy hour while GitHub is ill: whatever is to be deployed ends deployed, exactly once.</summary>
public sealed class StormTests(House house) : IClassFixture<House>
{
    private const string Deployments = "/repos/{owner}/{repo}/deployments";

    [Fact]
    public async Task What_is_pushed_while_GitHub_is_ill_is_deployed_exactly_once()
    {
        var storm = new Storm(house, each: 3);
        house.GitHub.Faults.Add(new FaultRule { ErrorShare = 0.2, ErrorStatus = 503 });
        house.GitHub.Faults.Add(new FaultRule { Method = "POST", Route = Deployments, DroppedAnswerShare = 0.3, Times = 6 });
        house.GitHub.Faults.Add(new FaultRule { SecondaryLimitShare = 0.1, RetryAfter = TimeSpan.FromSeconds(1), Times = 3 });

        foreach (var branch in new[] { "main", "tea", "coffee" })
        {
            storm.Blow(branch);
        }

        storm.BlowThroughChains();

        await storm.ShouldEndAsync(TimeSpan.FromMinutes(3));
    }
}
