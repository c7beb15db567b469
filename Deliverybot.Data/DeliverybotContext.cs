using Deliverybot.Data.Activity;
using Deliverybot.Data.Branches;
using Deliverybot.Data.Changes;
using Deliverybot.Data.Deliveries;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Gates;
using Deliverybot.Data.Installations;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Data.PullRequests;
using Deliverybot.Data.SetUp;
using Deliverybot.Data.SignIn;
using Deliverybot.Data.Slack;
using Deliverybot.Data.Upkeep;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Data;

/// <summary>All that Deliverybot keeps. Times are <c>timestamptz</c> in UTC, enums are text, names are snake_case.</summary>
public sealed class DeliverybotContext(DbContextOptions<DeliverybotContext> options) : DbContext(options)
{
    public DbSet<Installation> Installations => Set<Installation>();

    public DbSet<Repository> Repositories => Set<Repository>();

    public DbSet<RefHead> RefHeads => Set<RefHead>();

    public DbSet<Deployment> Deployments => Set<Deployment>();

    public DbSet<DeploymentStep> DeploymentSteps => Set<DeploymentStep>();

    public DbSet<Evaluation> Evaluations => Set<Evaluation>();

    public DbSet<Change> Changes => Set<Change>();

    public DbSet<EnvironmentLock> Locks => Set<EnvironmentLock>();

    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();

    public DbSet<ClosedPullRequest> ClosedPullRequests => Set<ClosedPullRequest>();

    public DbSet<PullRequestComment> PullRequestComments => Set<PullRequestComment>();

    public DbSet<ActivityEntry> Activity => Set<ActivityEntry>();

    public DbSet<SessionEnd> SessionEnds => Set<SessionEnd>();

    public DbSet<EndedSession> EndedSessions => Set<EndedSession>();

    public DbSet<SlackWorkspace> SlackWorkspaces => Set<SlackWorkspace>();

    public DbSet<SlackLink> SlackLinks => Set<SlackLink>();

    public DbSet<SlackChannelDefault> SlackChannelDefaults => Set<SlackChannelDefault>();

    public DbSet<SlackSignature> SlackSignatures => Set<SlackSignature>();

    public DbSet<SlackRequest> SlackRequests => Set<SlackRequest>();

    public DbSet<RegisteredApp> RegisteredApps => Set<RegisteredApp>();

    public DbSet<SetUpCode> SetUpCodes => Set<SetUpCode>();

    public DbSet<UpkeepMark> UpkeepMarks => Set<UpkeepMark>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(DeliverybotContext).Assembly);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        NameConversions.AddTo(configurationBuilder);
}
