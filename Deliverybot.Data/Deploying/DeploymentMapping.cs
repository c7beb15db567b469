using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Deliverybot.Data.Deploying;

internal sealed class DeploymentMapping : IEntityTypeConfiguration<Deployment>
{
    /// <summary>One row a GitHub deployment, whichever event told of it first.</summary>
    public const string GitHubIdIsUnique = "ix_deployments_github_id";

    public void Configure(EntityTypeBuilder<Deployment> builder)
    {
        builder.ToTable("deployments");
        builder.HasKey(deployment => deployment.Id);
        builder.Property(deployment => deployment.Id).UseIdentityAlwaysColumn();
        builder.Property(deployment => deployment.GitHubId).HasColumnName("github_id");
        builder.Property(deployment => deployment.TargetDefinition).HasColumnType("jsonb");
        builder.Property(deployment => deployment.Payload).HasColumnType("jsonb");
        builder.Property(deployment => deployment.Version).IsRowVersion();

        builder.HasOne<Installations.Repository>().WithMany().HasForeignKey(deployment => deployment.RepositoryId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(deployment => deployment.Steps).WithOne().HasForeignKey(step => step.DeploymentId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(deployment => deployment.Evaluations).WithOne().HasForeignKey(evaluation => evaluation.DeploymentId).OnDelete(DeleteBehavior.Cascade);

        builder.HasIndex(deployment => deployment.GitHubId).IsUnique().HasDatabaseName(GitHubIdIsUnique).HasFilter("github_id is not null");
        builder.HasIndex(deployment => deployment.CarriedOutBy).HasFilter("carried_out_by is not null");
        builder.HasIndex(deployment => new { deployment.RepositoryId, deployment.Sha }).HasDatabaseName("ix_deployments_commit");
        builder.HasIndex(deployment => new { deployment.RepositoryId, deployment.Sha })
            .HasDatabaseName("ix_deployments_waiting_commit").HasFilter("state in ('Waiting', 'Creating')");
        builder.HasIndex(deployment => new { deployment.RepositoryId, deployment.EnvironmentKey, deployment.Id })
            .IsDescending(false, false, true).HasDatabaseName("ix_deployments_environment");
        builder.HasIndex(deployment => new { deployment.RepositoryId, deployment.EnvironmentKey, deployment.SucceededAt })
            .IsDescending(false, false, true).HasDatabaseName("ix_deployments_live").HasFilter("succeeded_at is not null");
        builder.HasIndex(deployment => new { deployment.RepositoryId, deployment.EnvironmentKey })
            .HasDatabaseName("ix_deployments_unfinished").HasFilter("state in ('Waiting', 'Creating', 'Pending', 'InProgress')");
        builder.HasIndex(deployment => new { deployment.RepositoryId, deployment.Id }).IsDescending(false, true).HasDatabaseName("ix_deployments_repository");
        builder.HasIndex(deployment => new { deployment.RepositoryId, deployment.PullRequest }).HasFilter("pull_request is not null");
    }
}
