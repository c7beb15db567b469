using System.Net;
using Deliverybot.Data.Names;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Site;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Acts.Deploying;

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

    [Theory]
    [InlineData("v1", null)]
    [InlineData("v1", "annotated")]
    [InlineData("tags/v1", null)]
    [InlineData("refs/tags/v1", null)]
    public async Task A_tag_is_found_by_its_name_and_deployed_by_it(string looked, string? annotation)
    {
        var repository = house.CreateRepository(DeployFile);
        var sha = house.World.Push(repository, "main", house.Ada, "Tagged");
        house.World.CreateTag(repository, "v1", sha, house.Ada, annotation);
        house.World.Push(repository, "main", house.Ada, "Newer");
        using var ada = await house.SignInAsync("ada");

        await DeployAsync(ada, repository.FullName, sha, looked);
        await DeployAsync(ada, repository.FullName, repository.Branches["main"], "heads/main");

        house.World.Read(_ => repository.Deployments.OrderBy(made => made.Id).Select(made => made.Ref).ToList()).ShouldBe(["v1", "main"]);
    }

    [Fact]
    public async Task A_commit_that_a_tag_only_contains_is_deployed_by_its_sha()
    {
        var repository = house.CreateRepository(DeployFile);
        var older = house.World.Push(repository, "main", house.Ada, "Older");
        house.World.CreateTag(repository, "v1", house.World.Push(repository, "main", house.Ada, "Tagged"), house.Ada);
        using var ada = await house.SignInAsync("ada");

        await DeployAsync(ada, repository.FullName, older, "v1");

        house.World.Read(_ => repository.Deployments.Single().Ref).ShouldBe(older);
    }

    [Fact]
    public async Task A_name_that_a_branch_and_a_tag_share_is_the_branchs_and_the_answer_says_how_to_mean_the_tag()
    {
        var repository = house.CreateRepository(DeployFile);
        var branched = house.World.Push(repository, "v1", house.Ada, "On the branch");
        var tagged = house.World.Push(repository, "main", house.Ada, "Tagged");
        house.World.CreateTag(repository, "v1", tagged, house.Ada);
        await house.EventuallyAsync(
            () => house.ReadAsync(db => db.RefHeads.AnyAsync(row => row.RepositoryId == new RepositoryId(repository.Id) && row.Ref == GitRef.Tag("v1"))),
            "the tag is heard of");
        using var ada = await house.SignInAsync("ada");

        using var refused = await ada.PostFormAsync($"/{repository.FullName}/deploy", ("target", "production"), ("sha", tagged), ("ref", "v1"));
        await DeployAsync(ada, repository.FullName, tagged, "refs/tags/v1");
        await DeployAsync(ada, repository.FullName, branched, "v1");

        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await refused.ReadPageAsync()).QuerySelector("main")!.TextContent.ShouldContain(
            $"v1 doesn't contain the commit {tagged[..7]}. It was taken for refs/heads/v1; if refs/tags/v1 is meant, write that.");
        house.World.Read(_ => repository.Deployments.OrderBy(made => made.Id).Select(made => (made.Ref, made.Sha)).ToList())
            .ShouldBe([("refs/tags/v1", tagged), ("refs/heads/v1", branched)]);
    }

    private static async Task DeployAsync(HttpClient ada, string repository, string sha, string looked = "main")
    {
        using var answer = await ada.PostFormAsync($"/{repository}/deploy", ("target", "production"), ("sha", sha), ("ref", looked));
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }
}
