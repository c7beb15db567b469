using System.Text.Json.Nodes;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Sandbox.Faults;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Site;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;
using Installation = Deliverybot.Sandbox.World.Installation;
using Repository = Deliverybot.Sandbox.World.Repository;

namespace Deliverybot.Tests.Jobs.Events.Installations;

/// <summary>An event says that something is gone: nothing of what is kept goes before GitHub says so, too.</summary>
public sealed class ToldToBeGoneTests(House house) : IClassFixture<House>
{
    private const string ById = "/repositories/{repository_id}";
    private const string OfInstallation = "/app/installations/{installation_id}";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_late_removed_leaves_what_was_given_back_and_a_lock_keeps_holding()
    {
        var shop = Shop("production:\n  auto_deploy_on: refs/heads/main\n");
        await shop.SettleAsync();
        var installation = house.World.InstallationOf(shop.Repository)!;
        house.World.RemoveRepositories(installation, shop.Repository);
        var removed = Last("installation_repositories");
        await GoneAsync(shop.Repository);
        house.World.AddRepositories(installation, shop.Repository);
        await house.EventuallyAsync(() => IsKnownAsync(shop.Repository), "it is back");
        using (var ada = await house.SignInAsync("ada"))
        {
            using var answer = await ada.PostFormAsync($"/{shop.Repository.FullName}/lock", ("environment", "production"), ("reason", "stock-taking"));
            ((int)answer.StatusCode).ShouldBe(303);
        }

        house.World.Webhooks.SendCopy(removed);
        await ProcessedAsync();
        var sha = shop.Push("To what is locked");
        await shop.SettleAsync();

        (await shop.RowAsync(sha)).Gate.ShouldBe("Lock");
        shop.Deployed.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(21)]
    public async Task A_late_added_brings_nothing_back(int count)
    {
        var owner = house.World.CreateOrganisation($"fickle-{count}", house.Ada);
        var kept = house.World.CreateRepository(owner, "kept");
        var repositories = Enumerable.Range(0, count).Select(number => house.World.CreateRepository(owner, $"shop-{number}")).ToArray();
        var installation = house.World.Install(owner, kept);
        house.World.AddRepositories(installation, repositories);
        await house.EventuallyAsync(async () => await KnownOfAsync(installation) == count + 1, "all are known");
        var added = Last("installation_repositories");
        house.World.RemoveRepositories(installation, repositories);
        await house.EventuallyAsync(async () => await KnownOfAsync(installation) == 1, "one is left");

        house.World.Webhooks.SendCopy(added);
        await ProcessedAsync();

        (await KnownOfAsync(installation)).ShouldBe(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_gone_goes_public_or_private(bool isPrivate)
    {
        var repository = house.World.CreateRepository(house.World.FindAccount("acme")!, isPrivate ? "hidden" : "shown", isPrivate: isPrivate);
        Cover(repository);
        await house.EventuallyAsync(() => IsKnownAsync(repository), "it is known");

        house.World.RemoveRepositories(house.World.InstallationOf(repository)!, repository);

        await GoneAsync(repository);
    }

    [Fact]
    public async Task A_repository_that_is_deleted_goes_though_another_of_its_name_was_made_at_once()
    {
        var shop = Shop("production: {}\n");
        await shop.SettleAsync();
        await house.KnownAsync(shop.Repository);

        house.World.DeleteRepository(shop.Repository, house.Ada);
        var next = house.World.CreateRepository(shop.Repository.Owner, shop.Repository.Name);
        Cover(next);

        await GoneAsync(shop.Repository);
        await house.EventuallyAsync(() => IsKnownAsync(next), "the new one is known");
    }

    [Theory]
    [InlineData("repository")]
    [InlineData("installation")]
    public async Task Another_event_under_a_name_that_destroys_destroys_nothing(string name)
    {
        var shop = Shop("production: {}\n");
        await shop.SettleAsync();
        var comment = house.World.Comment(shop.Repository, house.World.OpenPullRequest(shop.Repository, "main", house.Ada, "Tea").Number, house.Ada, "Hm");
        house.World.DeleteComment(shop.Repository, comment, house.Ada);
        var deleted = house.World.Webhooks.Deliveries.Last(sent => sent is { Event: "issue_comment", Action: "deleted" });

        house.World.Webhooks.Send(name, "deleted", deleted.InstallationId, deleted.RepositoryId, JsonNode.Parse(deleted.Body.Span)!.AsObject());
        await ProcessedAsync();

        (await IsKnownAsync(shop.Repository)).ShouldBeTrue();
        (await house.ReadAsync(db => db.Installations.AnyAsync(row => row.Id == new InstallationId(deleted.InstallationId!.Value), Stop))).ShouldBeTrue();
    }

    [Fact]
    public async Task While_GitHub_cannot_tell_nothing_goes_and_it_is_asked_again()
    {
        var shop = Shop("production: {}\n");
        await shop.SettleAsync();
        var limit = new FaultRule { Method = "GET", Route = ById, SecondaryLimitShare = 1, RetryAfter = TimeSpan.FromSeconds(1), Times = 1 };
        house.GitHub.Faults.Add(limit);
        var known = true;
        house.GitHub.Faults.Add(new FaultRule
        {
            Method = "GET",
            Route = ById,
            Times = 1,
            Meanwhile = () => known &= IsKnownAsync(shop.Repository).GetAwaiter().GetResult(),
        });

        house.World.RemoveRepositories(house.World.InstallationOf(shop.Repository)!, shop.Repository);

        await GoneAsync(shop.Repository);
        known.ShouldBeTrue("after the limit it was still there");
    }

    [Fact]
    public async Task An_installation_of_which_GitHub_cannot_tell_stays()
    {
        var owner = house.World.CreateOrganisation("steady", house.Ada);
        var repository = house.World.CreateRepository(owner, "shop");
        var installation = house.World.Install(owner);
        await house.EventuallyAsync(() => IsKnownAsync(repository), "it is known");
        house.GitHub.Faults.Add(new FaultRule { Method = "GET", Route = OfInstallation, SecondaryLimitShare = 1, RetryAfter = TimeSpan.FromSeconds(1), Times = 1 });
        var copy = Last("installation");

        house.World.Webhooks.Send("installation", "deleted", installation.Id, null, Deleted(copy));
        await house.EventuallyAsync(
            () => Task.FromResult(house.GitHub.Requests.All.Count(call => call.Route == OfInstallation && call.Path.EndsWith($"/{installation.Id}", StringComparison.Ordinal)) >= 2),
            "GitHub was asked");
        await ProcessedAsync();

        (await IsKnownAsync(repository)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_late_archived_ends_nothing_in_what_was_let_go_on()
    {
        var shop = Shop("production:\n  auto_deploy_on: refs/heads/main\n  required_contexts: [ci]\n");
        await shop.SettleAsync();
        house.World.ArchiveRepository(shop.Repository, house.Ada);
        var archived = Last("repository");
        house.World.UnarchiveRepository(shop.Repository, house.Ada);
        var sha = shop.Push("Goes on");
        await shop.SettleAsync();

        house.World.Webhooks.SendCopy(archived);
        await shop.SettleAsync();

        (await shop.RowAsync(sha)).State.ShouldBe(DeploymentState.Waiting);
    }

    private RepositoryDriver Shop(string deployFile)
    {
        var shop = new RepositoryDriver(house, deployFile);
        Cover(shop.Repository);
        return shop;
    }

    /// <summary>After one was removed, the App is on those alone that are named.</summary>
    private void Cover(Repository repository)
    {
        if (house.World.InstallationOf(repository) is null)
        {
            house.World.AddRepositories(house.World.Installations.Single(installation => installation.Account == repository.Owner), repository);
        }
    }

    private static JsonObject Deleted(Deliverybot.Sandbox.Webhooks.WebhookDelivery created)
    {
        var body = JsonNode.Parse(created.Body.Span)!.AsObject();
        body["action"] = "deleted";
        return body;
    }

    private Deliverybot.Sandbox.Webhooks.WebhookDelivery Last(string name) => house.World.Webhooks.Deliveries.Last(sent => sent.Event == name);

    private Task GoneAsync(Repository repository) => house.EventuallyAsync(async () => !await IsKnownAsync(repository), "its rows are gone");

    private Task<bool> IsKnownAsync(Repository repository) =>
        house.ReadAsync(db => db.Repositories.AnyAsync(row => row.Id == new RepositoryId(repository.Id), Stop));

    private Task<int> KnownOfAsync(Installation installation) =>
        house.ReadAsync(db => db.Repositories.CountAsync(row => row.InstallationId == new InstallationId(installation.Id), Stop));

    private async Task ProcessedAsync()
    {
        await house.World.Webhooks.WaitUntilDeliveredAsync(Stop);
        await house.EventuallyAsync(
            () => house.ReadAsync(async db => !await db.WebhookDeliveries.AnyAsync(row => row.ProcessedAt == null, Stop)), "all events are processed");
    }
}
