using System.Net;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Site;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Promises;

public sealed class ForkTests(House house) : IClassFixture<House>
{
    [Fact]
    public async Task A_commit_that_only_a_fork_has_cannot_be_deployed()
    {
        var repository = house.CreateRepository("production:\n  environment: production\n");
        var fork = house.World.Fork(repository, house.World.CreateUser("mallory"));
        var sha = house.World.Push(fork, "main", fork.Owner, "Send the keys to me");
        using var ada = await house.SignInAsync("ada");

        using var answer = await ada.PostFormAsync($"/{repository.FullName}/deploy", ("target", "production"), ("sha", sha), ("ref", "main"), ("force", "true"));

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        repository.Deployments.ShouldBeEmpty();
    }
}
