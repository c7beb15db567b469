using System.Net;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Events.History;
using Deliverybot.Sandbox.Faults;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Upkeep;
using Deliverybot.Tests.Site;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;
using static Deliverybot.Tests.Jobs.RepositoryDriver;

namespace Deliverybot.Tests.Jobs.Core;

/// <summary>A branch and a tag are called the same: nothing of the one is ever deployed for the other.</summary>
public sealed class SharedNameTests(House house) : IClassFixture<House>
{
    private const string Simple = "production:\n  auto_deploy_on: refs/heads/main\n";
    private const string Versions = "production:\n  auto_deploy_on: refs/tags/v*\n";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_GitHub_makes_of_an_unknown_tag_is_refused_there_and_the_branchs_commit_is_deployed_by_its_sha()
    {
        var shop = new RepositoryDriver(house, Simple);
        var old = shop.World.Read(_ => shop.Repository.Head);
        await UnheardAsync(shop, () => house.World.CreateTag(shop.Repository, "main", old, house.Ada));

        var sha = shop.Push("Tea");
        var row = await shop.SettledAsync(sha);

        // Whoever carries out is told beside it to leave the other one: before or after the next is made.
        shop.Calls.Where(call => !call.EndsWith("/statuses", StringComparison.Ordinal)).Take(5).ShouldBe([Contents, Create, ReadRef, ReadRef, Create]);
        (row.State, row.Sha.Value, row.InPlaceOf).ShouldBe((DeploymentState.Pending, sha, null));
        MadeBy(shop).ShouldBe([("main", old), (sha, sha)]);
        (await HeadOfAsync(shop, "refs/heads/main")).ShouldBe(sha);
        await RefusedAsync(shop, $"GitHub took main for the tag of that name, and deployed {old[..7]} instead of {sha[..7]}.");

        var next = shop.Push("Coffee");
        (await shop.SettledAsync(next)).State.ShouldBe(DeploymentState.Pending);
        MadeBy(shop)[^1].ShouldBe(("refs/heads/main", next), "the tag is known by now");
    }

    [Fact]
    public async Task A_tag_that_was_heard_of_is_never_mistaken_for_the_branch()
    {
        var shop = new RepositoryDriver(house, Simple);
        house.World.CreateTag(shop.Repository, "main", shop.World.Read(_ => shop.Repository.Head), house.Ada, "annotated");
        await shop.SettleAsync();
        var before = shop.Calls.Count;

        var sha = shop.Push("Tea");
        await shop.SettleAsync();
        house.World.DeleteTag(shop.Repository, "main", house.Ada);
        await shop.SettleAsync();
        var next = shop.Push("Coffee");
        await shop.SettleAsync();

        MadeBy(shop).ShouldBe([("refs/heads/main", sha), ("main", next)]);
        (await house.ReadAsync(db => db.RefHeads.CountAsync(row => row.RepositoryId == new RepositoryId(shop.Repository.Id), Stop))).ShouldBe(1);
        shop.Calls.Skip(before).ShouldBe([Contents, Create, Contents, Create]);
    }

    [Fact]
    public async Task A_tag_from_before_the_App_came_that_is_called_like_the_default_branch_is_known_from_the_start()
    {
        var shop = new RepositoryDriver(house, Simple);
        var old = shop.World.Read(_ => shop.Repository.Head);
        await UnheardAsync(shop, () => house.World.CreateTag(shop.Repository, "main", old, house.Ada));
        var id = await house.KnownAsync(shop.Repository);
        await house.EventuallyAsync(
            () => house.ReadAsync(db => db.Repositories.AnyAsync(row => row.Id == id && row.HistoryReadAt != null, Stop)), "its history is read");
        await house.ReadAsync(db => db.Repositories.Where(row => row.Id == id)
            .ExecuteUpdateAsync(row => row.SetProperty(known => known.HistoryReadAt, (DateTimeOffset?)null), Stop));

        await house.RunAsync<ReadHistoryJob>((job, stop) => job.RunAsync(id.Value, stop));
        var sha = shop.Push("Tea");
        await shop.SettleAsync();

        MadeBy(shop).ShouldBe([("refs/heads/main", sha)]);
    }

    [Fact]
    public async Task What_a_person_deploys_is_the_branchs_commit_too()
    {
        var shop = new RepositoryDriver(house, "production: {}\n");
        var old = shop.World.Read(_ => shop.Repository.Head);
        await UnheardAsync(shop, () => house.World.CreateTag(shop.Repository, "main", old, house.Ada));
        var sha = shop.Push("Tea");
        await shop.SettleAsync();
        using var ada = await house.SignInAsync("ada");

        using var answer = await ada.PostFormAsync($"/{shop.Repository.FullName}/deploy", ("target", "production"), ("sha", sha), ("ref", "main"));

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await shop.RowAsync(sha)).State.ShouldBe(DeploymentState.Pending);
        MadeBy(shop).ShouldBe([("main", old), (sha, sha)]);
        await RefusedAsync(shop, $"GitHub took main for the tag of that name, and deployed {old[..7]} instead of {sha[..7]}.");
    }

    [Fact]
    public async Task Where_the_answer_was_lost_the_wrong_commit_is_not_adopted()
    {
        var shop = new RepositoryDriver(house, Simple);
        var old = shop.World.Read(_ => shop.Repository.Head);
        await UnheardAsync(shop, () => house.World.CreateTag(shop.Repository, "main", old, house.Ada));
        house.GitHub.Faults.Add(new FaultRule { Method = "POST", Route = "/repos/{owner}/{repo}/deployments", Address = $"/{shop.Repository.FullName}/", DroppedAnswerShare = 1, Times = 1 });

        var sha = shop.Push("Tea");

        await shop.EventuallyAsync(sha, DeploymentState.Pending);
        MadeBy(shop).ShouldBe([("main", old), (sha, sha)]);
        await RefusedAsync(shop, $"GitHub took main for the tag of that name, and deployed {old[..7]} instead of {sha[..7]}.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_tag_is_not_mistaken_for_the_branch_either(bool isHeard)
    {
        var shop = new RepositoryDriver(house, Versions);
        house.World.Read(_ => shop.Repository.BranchesGoFirst = true);
        var sha = shop.Push("Tea");
        await shop.SettleAsync();
        var other = "";
        if (isHeard)
        {
            other = shop.Push("Elsewhere", "v1");
            await shop.SettleAsync();
        }
        else
        {
            await UnheardAsync(shop, () => other = shop.Push("Elsewhere", "v1"));
        }

        house.World.CreateTag(shop.Repository, "v1", sha, house.Ada);
        await shop.SettleAsync();

        (await shop.RowAsync(sha)).State.ShouldBe(DeploymentState.Pending);
        MadeBy(shop).ShouldBe(isHeard ? [("refs/tags/v1", sha)] : [("v1", other), (sha, sha)]);
    }

    [Theory]
    [InlineData("heads/main")]
    [InlineData("tags/main")]
    [InlineData("refs/heads/main")]
    public async Task A_branch_that_is_called_like_anothers_longer_name_is_named_in_full(string branch)
    {
        var shop = new RepositoryDriver(house, "production:\n  auto_deploy_on: refs/heads/*\n");

        var sha = shop.Push("Tea", branch);
        await shop.SettleAsync();

        MadeBy(shop).ShouldBe([($"refs/heads/{branch}", sha)]);
    }

    [Fact]
    public async Task Rules_are_read_from_the_default_branch_and_not_from_a_tag_of_its_name()
    {
        var shop = new RepositoryDriver(house, "review:\n  environment: review\n  auto_deploy_on: pr\n");
        var other = shop.PushDeployFile("other:\n  environment: other\n  auto_deploy_on: pr\n");
        shop.PushDeployFile("review:\n  environment: review\n  auto_deploy_on: pr\n");
        house.World.CreateTag(shop.Repository, "main", other, house.Ada);
        await shop.SettleAsync();

        var sha = shop.Push("Tea", "tea");
        house.World.OpenPullRequest(shop.Repository, "tea", house.Ada, "Tea");
        await shop.SettleAsync();

        (await shop.RowAsync(sha)).Target.Value.ShouldBe("review");
    }

    [Theory]
    [InlineData("refs/heads/tea", "refs/heads/tea")]
    [InlineData("refs/tags/v1", "refs/tags/v1")]
    [InlineData("main", "refs/heads/main")]
    [InlineData("v1", null)]
    public async Task What_others_name_in_full_is_known_for_what_it_is(string named, string? name)
    {
        var shop = new RepositoryDriver(house, "production: {}\n");
        var sha = shop.Push("Tea", "tea");
        house.World.CreateTag(shop.Repository, "v1", sha, house.Ada);

        house.World.CreateDeployment(shop.Repository, named, "elsewhere", house.Rita);
        await shop.SettleAsync();

        (await shop.RowsAsync()).ShouldHaveSingleItem().Ref?.Value.ShouldBe(name);
    }

    private static List<(string Ref, string Sha)> MadeBy(RepositoryDriver shop) =>
        shop.World.Read(_ => shop.Repository.Deployments.OrderBy(made => made.Id).Select(made => (made.Ref, made.Sha)).ToList());

    /// <summary>Awaits that whoever carries out the first deployment is told to leave it.</summary>
    private async Task RefusedAsync(RepositoryDriver shop, string why)
    {
        await house.EventuallyAsync(() => Task.FromResult(shop.World.Read(_ => shop.Repository.Deployments[0].State) == "error"), "GitHub is told");
        shop.World.Read(_ => shop.Repository.Deployments[0].Statuses[^1].Description).ShouldBe(why);
        shop.World.Read(_ => shop.Repository.Deployments[1].State).ShouldBeNull();
        await shop.SettleAsync();
    }

    private Task<string?> HeadOfAsync(RepositoryDriver shop, string name) => house.ReadAsync(async db =>
        (await db.RefHeads.SingleAsync(row => row.RepositoryId == new RepositoryId(shop.Repository.Id) && row.Ref == new GitRef(name), Stop)).Sha?.Value);

    /// <summary>Something happens at a GitHub whose App doesn't listen.</summary>
    private static async Task UnheardAsync(RepositoryDriver shop, Action happening)
    {
        await shop.World.Webhooks.WaitUntilDeliveredAsync(Stop);
        var url = shop.World.Webhooks.Url;
        shop.World.Webhooks.Url = new Uri("http://127.0.0.1:9/lost");
        happening();
        await shop.World.Webhooks.WaitUntilDeliveredAsync(Stop);
        shop.World.Webhooks.Url = url;
    }
}
