using Deliverybot.Data.Names;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.DeployFile;

public sealed class AutoDeployRuleTests
{
    [Theory]
    [InlineData("refs/heads/main", "refs/heads/main", true)]
    [InlineData("refs/heads/main", "refs/heads/main2", false)]
    [InlineData("refs/heads/main", "refs/heads/Main", false)]
    [InlineData("refs/heads/main", "refs/tags/main", false)]
    [InlineData("refs/heads/release/*", "refs/heads/release/1/2", true)]
    [InlineData("refs/heads/release/*", "refs/heads/release/", true)]
    [InlineData("refs/heads/release/*", "refs/heads/release", false)]
    [InlineData("refs/heads/*", "refs/heads/feature/x", true)]
    [InlineData("refs/tags/v*", "refs/tags/v1.0", true)]
    [InlineData("refs/tags/v*", "refs/heads/v1.0", false)]
    [InlineData("refs/heads/*", "refs/heads/gh-readonly-queue/main/pr-7-1a2b3c4", false)]
    [InlineData("refs/heads/gh-*", "refs/heads/gh-readonly-queue/main/pr-7-1a2b3c4", false)]
    [InlineData("refs/heads/gh-readonly-queue*", "refs/heads/gh-readonly-queue/main/pr-7-1a2b3c4", true)]
    [InlineData("refs/heads/gh-readonly-queue/main/*", "refs/heads/gh-readonly-queue/main/pr-7-1a2b3c4", true)]
    [InlineData("refs/heads/gh-readonly-queue/main/*", "refs/heads/gh-readonly-queue/next/pr-7-1a2b3c4", false)]
    [InlineData("refs/heads/*", "refs/heads/gh-readonly-queues", true)]
    [InlineData("refs/tags/*", "refs/tags/gh-readonly-queue/main", true)]
    [InlineData("pr", "refs/heads/pr", false)]
    [InlineData("release", "refs/tags/release", false)]
    public void A_rule_matches_the_whole_ref_or_what_comes_before_its_star(string rule, string gitRef, bool expected) =>
        DeployFileSamples.Target($"a: {{ auto_deploy_on: {rule} }}").DeploysOn(new GitRef(gitRef)).ShouldBe(expected);

    [Fact]
    public void Pull_requests_and_releases_are_triggers_of_their_own()
    {
        var target = DeployFileSamples.Target("a: { auto_deploy_on: [pr, release] }");
        (target.DeploysOnPullRequest, target.DeploysOnRelease).ShouldBe((true, true));
        target = DeployFileSamples.Target("a: { auto_deploy_on: refs/heads/pr }");
        (target.DeploysOnPullRequest, target.DeploysOnRelease).ShouldBe((false, false));
    }
}
