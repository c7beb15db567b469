using System.Net;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Site;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Deploying;

public sealed class CommitChoiceTests(House house) : IClassFixture<House>
{
    private const string DeployFile = "production: {}\n";

    [Theory]
    [InlineData("main")]
    [InlineData("{sha}")]
    [InlineData("refs/heads/{sha}")]
    [InlineData("refs/pull/1/head")]
    [InlineData("nowhere")]
    public async Task A_commit_of_a_fork_is_never_deployed_from_the_base_repository(string looked)
    {
        var repository = house.CreateRepository(DeployFile);
        var fork = house.World.Fork(repository, house.Rita);
        var sha = house.World.Push(fork, "main", house.Rita, "From outside");
        using var ada = await house.SignInAsync("ada");

        using var answer = await ada.PostFormAsync(
            $"/{repository.FullName}/deploy",
            ("target", "production"),
            ("sha", sha),
            ("ref", looked.Replace("{sha}", sha, StringComparison.Ordinal)));

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        repository.Deployments.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_head_of_a_branch_is_deployed_by_the_branchs_name_and_an_older_commit_by_its_sha()
    {
        var repository = house.CreateRepository(DeployFile);
        var older = repository.Branches["main"];
        var head = house.World.Push(repository, "main", house.Ada, "Newer");
        using var ada = await house.SignInAsync("ada");

        await DeployAsync(ada, repository.FullName, head);
        await DeployAsync(ada, repository.FullName, older);

        house.World.Read(_ => repository.Deployments.OrderBy(made => made.Id).Select(made => made.Ref).ToList()).ShouldBe(["main", older]);
    }

    private static async Task DeployAsync(HttpClient ada, string repository, string sha)
    {
        using var answer = await ada.PostFormAsync($"/{repository}/deploy", ("target", "production"), ("sha", sha), ("ref", "main"));
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }
}
