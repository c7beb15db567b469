using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Transport;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.GitHub;

public sealed class GitHubPathTests
{
    [Fact]
    public void Whatever_is_filled_in_is_escaped()
    {
        var environment = new EnvironmentName("a b&c=d?/#é");

        Path($"repos/{GitHubDriver.Shop}/deployments?environment={environment}")
            .Path.ShouldBe("repos/octo/shop/deployments?environment=a%20b%26c%3Dd%3F%2F%23%C3%A9");
    }

    [Fact]
    public void Slashes_stay_where_a_name_has_several_segments() =>
        Path($"git/ref/{"heads/feature/a#1":slashes}").Path.ShouldBe("git/ref/heads/feature/a%231");

    [Theory]
    [InlineData("heads/../pull/7/head")]
    [InlineData("heads/./main")]
    [InlineData("..")]
    public void No_segment_leads_to_another_address(string name) => Should.Throw<ArgumentException>(() => Path($"git/ref/{name:slashes}"));

    [Fact]
    public void A_query_may_say_anything() => Path($"deployments?environment={".."}").Path.ShouldBe("deployments?environment=..");

    [Fact]
    public void A_number_of_a_pull_request_has_no_hash() => Path($"pulls/{new PullRequestNumber(7)}").Path.ShouldBe("pulls/7");

    [Fact]
    public void The_route_leaves_the_gaps_open() =>
        Path($"repos/{GitHubDriver.Shop}/commits/{GitHubDriver.Sha}/check-runs?per_page=100&page={3}").Route.ShouldBe("repos/{repository}/commits/{}/check-runs");

    private static GitHubPath Path(GitHubPath path) => path;
}
