using Deliverybot.Data;
using Deliverybot.Data.Branches;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Gates;
using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Data.PullRequests;
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

public sealed class OldRecordsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly RepositoryId Shop = new(7);
    private static readonly CommitSha Sha = CommitSha.Parse("0123456789abcdef0123456789abcdef01234567");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_grows_goes_when_nobody_asks_for_it_any_more()
    {
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(new FakeTimeProvider(Now))
            .AddDeliverybotJobs(new ConfigurationBuilder().Build(), database.ConnectionString)
            .BuildServiceProvider();
        services.GetRequiredService<JobStorage>();
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeliverybotContext>();
        await AddAsync(db);
        var failed = services.GetRequiredService<IBackgroundJobClientV2>().Create<ProcessDeliveriesJob>(
            job => job.RunAsync("acme/shop", "push", Array.Empty<long>(), CancellationToken.None), new FailedState(new UnreadableDeliveryException("No sha.", new FormatException())));
        await db.Database.ExecuteSqlAsync($"update hangfire.state set createdat = {Now.AddDays(-8)}", Stop);

        await ActivatorUtilities.CreateInstance<OldRecordsJob>(scope.ServiceProvider).RunAsync(Stop);

        (await db.Deployments.CountAsync(Stop)).ShouldBe(2);
        (await db.Evaluations.AsNoTracking().Select(row => row.At).Order().ToListAsync(Stop)).ShouldBe([Now.AddDays(-98), Now.AddDays(-20), Now.AddDays(-10)]);
        (await db.DeploymentSteps.AsNoTracking().Select(row => row.At).ToListAsync(Stop)).ShouldBe([Now.AddDays(-300)]);
        (await db.RefHeads.AsNoTracking().Select(row => row.Ref.Value).ToListAsync(Stop)).Order().ShouldBe(
            ["refs/heads/deleted-lately", "refs/heads/known", "refs/heads/main", "refs/heads/waited-for"]);
        (await db.PullRequestComments.AsNoTracking().SingleAsync(Stop)).PullRequest.ShouldBe(new PullRequestNumber(2));
        var expires = await db.Database.SqlQuery<bool>($"select expireat is not null as \"Value\" from hangfire.job where id = {long.Parse(failed, System.Globalization.CultureInfo.InvariantCulture)}").SingleAsync(Stop);
        expires.ShouldBeTrue();
    }

    private static async Task AddAsync(DeliverybotContext db)
    {
        db.Add(new Installation { Id = new InstallationId(7), Account = new GitHubLogin("acme"), CreatedAt = Now.AddDays(-900) });
        db.Add(new Repository { Id = Shop, InstallationId = new InstallationId(7), Owner = "acme", Name = "shop", DefaultBranch = "main" });
        var (ended, waiting) = (Wish("refs/heads/gone", DeploymentState.Inactive), Wish("refs/heads/waited-for", DeploymentState.Waiting));
        db.AddRange(ended, waiting);
        await db.SaveChangesAsync(Stop);
        db.AddRange(
            Look(ended, 100), Look(ended, 99), Look(ended, 98),
            Look(waiting, 95), Look(waiting, 20), Look(waiting, 10),
            Step(ended, 366), Step(ended, 300),
            Head("main", Sha, 800), Head("known", Sha, 300), Head("quiet", Sha, 366), Head("waited-for", null, 30),
            Head("deleted-lately", null, 6), Head("deleted", null, 8),
            Comment(1, 366), Comment(2, 300));
        await db.SaveChangesAsync(Stop);
    }

    private static Deployment Wish(string name, DeploymentState state) => new()
    {
        RepositoryId = Shop,
        Target = new TargetName("production"),
        Environment = new EnvironmentName("production"),
        Ref = new GitRef(name),
        Sha = Sha,
        Task = "deploy",
        Origin = DeploymentOrigin.Event(DeploymentCause.Push),
        RequestedBy = new GitHubUser(new GitHubUserId(1), new GitHubLogin("ada")),
        Description = "",
        State = state,
        CreatedAt = Now.AddDays(-400),
        UpdatedAt = Now.AddDays(-400),
    };

    private static Evaluation Look(Deployment wish, int daysAgo) => new() { DeploymentId = wish.Id, At = Now.AddDays(-daysAgo), Verdicts = [] };

    private static DeploymentStep Step(Deployment wish, int daysAgo) => new() { DeploymentId = wish.Id, State = DeploymentState.Success, At = Now.AddDays(-daysAgo) };

    private static RefHead Head(string branch, CommitSha? sha, int daysAgo) =>
        new() { RepositoryId = Shop, Ref = GitRef.Branch(branch), Sha = sha, SeenAt = Now.AddDays(-daysAgo) };

    private static PullRequestComment Comment(int number, int daysAgo) => new()
    {
        RepositoryId = Shop,
        PullRequest = new PullRequestNumber(number),
        Target = new TargetName("production"),
        CommentId = number,
        Memo = "x",
        ToldAt = Now.AddDays(-daysAgo),
    };
}
