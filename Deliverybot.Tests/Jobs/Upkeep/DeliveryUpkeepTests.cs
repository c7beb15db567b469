using System.Globalization;
using Deliverybot.Data;
using Deliverybot.Data.Deliveries;
using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Data.PullRequests;
using Deliverybot.Data.Slack;
using Deliverybot.Jobs;
using Deliverybot.Jobs.Events.Deliveries;
using Deliverybot.Jobs.Upkeep;
using Deliverybot.Tests.Harness;
using Hangfire;
using Hangfire.States;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Upkeep;

/// <summary>No site runs here: the rows stay as the tests put them.</summary>
public sealed class DeliveryUpkeepTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Webhooks_are_deleted_four_days_after_they_were_processed()
    {
        await using var services = Services();
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeliverybotContext>();
        var old = Delivery(received: Now.AddDays(-5), processed: Now.AddDays(-4));
        var fresh = Delivery(received: Now.AddDays(-5), processed: Now.AddDays(-3));
        var failed = Delivery(received: Now.AddDays(-6), processed: null);
        var longFailed = Delivery(received: Now.AddDays(-7), processed: null);
        db.AddRange(old, fresh, failed, longFailed);
        db.Add(new SlackSignature { Signature = [1], SeenAt = Now.AddHours(-2) });
        db.Add(new SlackSignature { Signature = [2], SeenAt = Now.AddMinutes(-5) });
        await db.SaveChangesAsync(Stop);

        await ActivatorUtilities.CreateInstance<PurgeJob>(scope.ServiceProvider).RunAsync(Stop);

        var kept = await db.WebhookDeliveries.AsNoTracking().Select(row => row.Guid).ToListAsync(Stop);
        kept.ShouldContain(fresh.Guid);
        kept.ShouldContain(failed.Guid);
        kept.ShouldNotContain(old.Guid);
        kept.ShouldNotContain(longFailed.Guid);
        (await db.SlackSignatures.AsNoTracking().SingleAsync(Stop)).Signature.ShouldBe([2]);
    }

    [Fact]
    public async Task The_closing_of_a_pull_request_is_forgotten_when_no_event_of_it_can_come_any_more()
    {
        await using var services = Services();
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeliverybotContext>();
        var (installation, repository) = (new InstallationId(7), new RepositoryId(7));
        db.Add(new Installation { Id = installation, Account = new GitHubLogin("acme"), CreatedAt = Now.AddDays(-9) });
        db.Add(new Repository { Id = repository, InstallationId = installation, Owner = "acme", Name = "shop", DefaultBranch = "main" });
        db.Add(new ClosedPullRequest { RepositoryId = repository, PullRequest = new PullRequestNumber(1), ToldAt = Now.AddDays(-7) });
        db.Add(new ClosedPullRequest { RepositoryId = repository, PullRequest = new PullRequestNumber(2), ToldAt = Now.AddDays(-6) });
        await db.SaveChangesAsync(Stop);

        await ActivatorUtilities.CreateInstance<PurgeJob>(scope.ServiceProvider).RunAsync(Stop);

        (await db.ClosedPullRequests.AsNoTracking().SingleAsync(Stop)).PullRequest.ShouldBe(new PullRequestNumber(2));
    }

    [Fact]
    public async Task A_webhook_whose_job_was_deleted_is_dispatched_again()
    {
        await using var services = Services();
        services.GetRequiredService<JobStorage>();
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeliverybotContext>();
        var (lost, waiting, worked, recent) = (
            Delivery(Now.AddHours(-1), null, dispatched: Now.AddHours(-1)),
            Delivery(Now.AddHours(-1), null, dispatched: Now.AddHours(-1)),
            Delivery(Now.AddHours(-1), null, dispatched: Now.AddHours(-1)),
            Delivery(Now.AddHours(-1), null, dispatched: Now.AddMinutes(-5)));
        // Leases go by the database's clock.
        worked.LeasedUntil = TimeProvider.System.GetUtcNow().AddMinutes(1);
        db.AddRange(lost, waiting, worked, recent);
        await db.SaveChangesAsync(Stop);
        var jobs = scope.ServiceProvider.GetRequiredService<IBackgroundJobClientV2>();
        var deleted = jobs.Enqueue<ProcessDeliveriesJob>(job => job.RunAsync("acme/shop", "push", new[] { lost.Id }, CancellationToken.None));
        jobs.Enqueue<ProcessDeliveriesJob>(job => job.RunAsync("acme/shop", "push", new[] { waiting.Id }, CancellationToken.None));
        jobs.Delete(deleted);

        await ActivatorUtilities.CreateInstance<LostDeliveriesJob>(scope.ServiceProvider).RunAsync(Stop);

        var undispatched = await db.WebhookDeliveries.AsNoTracking().Where(row => row.DispatchedAt == null).Select(row => row.Guid).ToListAsync(Stop);
        undispatched.ShouldContain(lost.Guid);
        undispatched.ShouldNotContain(waiting.Guid);
        undispatched.ShouldNotContain(worked.Guid);
        undispatched.ShouldNotContain(recent.Guid);
    }

    [Fact]
    public async Task A_webhook_whose_job_has_failed_is_dispatched_again_after_an_hour()
    {
        await using var services = Services();
        services.GetRequiredService<JobStorage>();
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeliverybotContext>();
        var (old, recent) = (
            Delivery(Now.AddDays(-2), null, dispatched: Now.AddDays(-2)),
            Delivery(Now.AddDays(-2), null, dispatched: Now.AddDays(-2)));
        db.AddRange(old, recent);
        await db.SaveChangesAsync(Stop);
        var jobs = scope.ServiceProvider.GetRequiredService<IBackgroundJobClientV2>();
        foreach (var (delivery, failed) in new[] { (old, Now.AddHours(-2)), (recent, Now.AddMinutes(-30)) })
        {
            var job = jobs.Create<ProcessDeliveriesJob>(
                job => job.RunAsync("acme/shop", "push", new[] { delivery.Id }, CancellationToken.None), new FailedState(new UnreadableDeliveryException("No sha.", new FormatException())));
            await db.Database.ExecuteSqlAsync($"update hangfire.state set createdat = {failed} where jobid = {long.Parse(job, CultureInfo.InvariantCulture)}", Stop);
        }

        await ActivatorUtilities.CreateInstance<LostDeliveriesJob>(scope.ServiceProvider).RunAsync(Stop);

        var undispatched = await db.WebhookDeliveries.AsNoTracking().Where(row => row.DispatchedAt == null).Select(row => row.Guid).ToListAsync(Stop);
        undispatched.ShouldContain(old.Guid);
        undispatched.ShouldNotContain(recent.Guid);
    }

    private static WebhookDelivery Delivery(DateTimeOffset received, DateTimeOffset? processed, DateTimeOffset? dispatched = null) => new()
    {
        Guid = new WebhookDeliveryGuid(Guid.NewGuid()),
        Event = "push",
        Body = [1, 2, 3],
        ReceivedAt = received,
        DispatchedAt = dispatched ?? received,
        ProcessedAt = processed,
    };

    private ServiceProvider Services() => new ServiceCollection()
        .AddLogging()
        .AddSingleton<TimeProvider>(new FakeTimeProvider(Now))
        .AddDeliverybotJobs(new ConfigurationBuilder().Build(), database.ConnectionString)
        .BuildServiceProvider();
}
