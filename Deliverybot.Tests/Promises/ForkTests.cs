using System.Globalization;
using System.Net;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Site;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Promises;

public sealed class ForkTests(House house) : IClassFixture<House>
{
    [Theory]
    [InlineData("main")]
    [InlineData("refs/heads/../pull/{0}/head")]
    [InlineData("refs/heads/../../../../../../repos/{1}/git/ref/heads/main")]
    [InlineData("refs/tags/./../../../../../../repos/{1}/git/ref/heads/main")]
    public async Task A_commit_that_only_a_fork_has_cannot_be_deployed(string looked)
    {
        var repository = house.CreateRepository("production:\n  environment: production\n");
        var fork = house.World.Fork(repository, house.World.CreateUser($"mallory-{Guid.NewGuid():N}"));
        var sha = house.World.Push(fork, "main", fork.Owner, "Send the keys to me");
        house.World.Push(fork, "main", fork.Owner, "Look away");
        var pull = house.World.OpenPullRequest(repository, "main", fork.Owner, "Mend a typo", headRepository: fork);
        using var ada = await house.SignInAsync("ada");

        using var answer = await ada.PostFormAsync($"/{repository.FullName}/deploy", ("target", "production"), ("sha", sha), ("ref", string.Format(CultureInfo.InvariantCulture, looked, pull.Number, fork.FullName)), ("force", "true"));

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        repository.Deployments.ShouldBeEmpty();
    }
}
