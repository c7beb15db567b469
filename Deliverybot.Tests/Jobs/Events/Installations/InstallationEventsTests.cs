using System.Text.Json.Nodes;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Jobs.Upkeep;
using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Upkeep;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;
using Repository = Deliverybot.Sandbox.World.Repository;

namespace Deliverybot.Tests.Jobs.Events.Installations;

public sealed class InstallationEventsTests(House house) : IClassFixture<House>
{
    private const string Checked = "production:\n  auto_deploy_on: refs/heads/main\n  required_contexts: [ci]\n";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_uninstalled_goes_and_no_late_event_brings_it_back()
    {
        var (installation, repository) = await InstallAsync("gone");
        var push = house.World.Webhooks.Deliveries.Last(delivery => delivery.Event == "push" && delivery.RepositoryId == repository.Id);
        var created = house.World.Webhooks.Deliveries.Last(delivery => delivery.Event == "installation" && delivery.InstallationId == installation.Id);

        await ProcessedAsync();
        house.World.Uninstall(installation);
        await house.EventuallyAsync(async () => !await IsKnownAsync(repository) && !await IsKnownAsync(installation), "the rows are gone");
        await house.EventuallyAsync(
            () => house.ReadAsync(async db => !await db.WebhookDeliveries.AnyAsync(row => row.Guid == new WebhookDeliveryGuid(push.Guid), Stop)),
            "its webhooks are gone, too");
        Send(push);
        Send(created);
        await ProcessedAsync();

        (await IsKnownAsync(repository)).ShouldBeFalse();
        (await IsKnownAsync(installation)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_late_deleted_leaves_a_new_installation_alone()
    {
        var (old, _) = await InstallAsync("again");
        house.World.Uninstall(old);
        var deleted = house.World.Webhooks.Deliveries.Last(delivery => delivery.Event == "installation" && delivery.Action == "deleted");
        var installation = house.World.Install(old.Account);
        await house.EventuallyAsync(() => IsKnownAsync(installation), "the new installation is known");

        Send(deleted);
        await ProcessedAsync();

        (await IsKnownAsync(installation)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_suspended_installation_is_left_alone_until_it_is_let_go_on()
    {
        var (installation, repository) = await InstallAsync("paused");
        house.World.Suspend(installation);
        await house.EventuallyAsync(async () => await SuspendedAtAsync(installation) is not null, "the suspension is known");
        var wish = (await house.DeploymentsAsync(repository)).ShouldHaveSingleItem();
        house.World.SetStatus(repository, wish.Sha.Value, "ci", "success", house.Ada);
        var entrance = house.Services.GetRequiredService<Entrance>();
        await house.EventuallyAsync(() => Task.FromResult(entrance.Faults.Contains(EntryFault.Suspension)), "GitHub has refused to let us in");

        await house.RunLaterAsync<SweepJob>(SweepJob.Unseen * 1.5, (job, stop) => job.RunAsync(stop));
        (await house.DeploymentsAsync(repository)).ShouldHaveSingleItem().State.ShouldBe(DeploymentState.Waiting);

        house.World.Unsuspend(installation);
        await ProcessedAsync();
        (await SuspendedAtAsync(installation)).ShouldBeNull();
        await house.RunAsync<LookAgainJob>((job, stop) => job.RunAsync(wish.Id.Value, stop));
        await house.AwaitAsync(repository, wish.Sha.Value, DeploymentState.Pending);
    }

    [Fact]
    public async Task A_repository_that_is_removed_goes_and_one_that_is_added_is_known()
    {
        var (installation, repository) = await InstallAsync("choosy");

        house.World.RemoveRepositories(installation, repository);
        await house.EventuallyAsync(async () => !await IsKnownAsync(repository), "the rows are gone");
        Send(house.World.Webhooks.Deliveries.Last(delivery => delivery.Event == "push" && delivery.RepositoryId == repository.Id));
        await ProcessedAsync();
        (await IsKnownAsync(repository)).ShouldBeFalse("an event that comes late brings nothing back");

        house.World.AddRepositories(installation, repository);
        await house.EventuallyAsync(() => IsKnownAsync(repository), "the repository is back");
    }

    [Fact]
    public async Task A_repository_is_followed_by_its_id_when_it_is_renamed_or_goes_to_another_account()
    {
        var (_, repository) = await InstallAsync("mover");
        house.World.RenameRepository(repository, "store", house.Ada);
        await house.EventuallyAsync(async () => await NameAsync(repository) == "mover/store", "the new name is known");
        (await house.DeploymentsAsync(repository)).ShouldHaveSingleItem();
        var (there, _) = await InstallAsync("keeper");

        house.World.TransferRepository(repository, there.Account, house.Ada);

        await house.EventuallyAsync(async () => await NameAsync(repository) == "keeper/store", "the new owner is known");
        Send(house.World.Webhooks.Deliveries.Last(delivery => delivery.Event == "push" && delivery.RepositoryId == repository.Id));
        await ProcessedAsync();
        var row = await house.ReadAsync(db => db.Repositories.AsNoTracking().SingleAsync(row => row.Id == new RepositoryId(repository.Id), Stop));
        row.InstallationId.ShouldBe(new InstallationId(there.Id));
    }

    [Fact]
    public async Task Lost_events_about_installations_are_made_up_for()
    {
        var (forgotten, _) = await InstallAsync("forgotten");
        await house.ExecuteAsync($"delete from installations where id = {forgotten.Id}");
        await house.ExecuteAsync("insert into installations (id, account, created_at) values (31337, 'left', now())");

        await house.RunAsync<InstallationsJob>((job, stop) => job.RunAsync(stop));

        (await IsKnownAsync(forgotten)).ShouldBeTrue();
        (await house.ReadAsync(db => db.Installations.AnyAsync(row => row.Id == new InstallationId(31337), Stop))).ShouldBeFalse();
    }

    [Fact]
    public async Task What_waits_in_a_repository_ends_when_it_is_archived()
    {
        var (_, repository) = await InstallAsync("archivist");

        house.World.ArchiveRepository(repository, house.Ada);

        await house.EventuallyAsync(
            async () => (await house.DeploymentsAsync(repository)) is [{ State: DeploymentState.Cancelled } ended] && ended.Reason == "archivist/shop was archived.",
            "the wish has ended");
    }

    [Fact]
    public async Task An_installation_on_an_enterprise_is_no_fault()
    {
        var body = new JsonObject
        {
            ["action"] = "created",
            ["installation"] = new JsonObject { ["id"] = 424242, ["account"] = new JsonObject { ["id"] = 1, ["slug"] = "mega", ["name"] = "Mega" } },
            ["repositories"] = new JsonArray(),
        };
        house.World.Webhooks.Send("installation", "created", 424242, null, body);

        await ProcessedAsync();
        (await house.ReadAsync(db => db.Installations.AnyAsync(row => row.Id == new InstallationId(424242)))).ShouldBeFalse();
    }

    private async Task<(Installation Installation, Repository Repository)> InstallAsync(string account)
    {
        var owner = house.World.CreateOrganisation(account, house.Ada);
        var repository = house.World.CreateRepository(owner, "shop", new Dictionary<string, string> { [".github/deploy.yml"] = Checked });
        var installation = house.World.Install(owner);
        await house.EventuallyAsync(() => IsKnownAsync(repository), "the repository is known");
        var sha = house.World.Push(repository, "main", house.Ada, "Tea");
        await house.AwaitAsync(repository, sha, DeploymentState.Waiting, "Checks");
        return (installation, repository);
    }

    private void Send(Deliverybot.Sandbox.Webhooks.WebhookDelivery late) => house.World.Webhooks.SendLate(late);

    private async Task ProcessedAsync()
    {
        await house.World.Webhooks.WaitUntilDeliveredAsync(Stop);
        await house.EventuallyAsync(
            () => house.ReadAsync(async db => !await db.WebhookDeliveries.AnyAsync(row => row.ProcessedAt == null, Stop)), "all events are processed");
    }

    private Task<bool> IsKnownAsync(Repository repository) =>
        house.ReadAsync(db => db.Repositories.AnyAsync(row => row.Id == new RepositoryId(repository.Id), Stop));

    private Task<bool> IsKnownAsync(Installation installation) =>
        house.ReadAsync(db => db.Installations.AnyAsync(row => row.Id == new InstallationId(installation.Id), Stop));

    private Task<DateTimeOffset?> SuspendedAtAsync(Installation installation) =>
        house.ReadAsync(db => db.Installations.Where(row => row.Id == new InstallationId(installation.Id)).Select(row => row.SuspendedAt).SingleAsync(Stop));

    private async Task<string?> NameAsync(Repository repository) =>
        (await house.ReadAsync(db => db.Repositories.AsNoTracking().SingleOrDefaultAsync(row => row.Id == new RepositoryId(repository.Id), Stop)))?.FullName.ToString();
}
