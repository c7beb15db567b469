using Deliverybot.Data.Names;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Deliverybot.Data.Deploying;

public sealed class DeploymentMapping : IEntityTypeConfiguration<Deployment>
{
    /// <summary>One row a GitHub deployment, whichever event told of it first.</summary>
    public const string GitHubIdIsUnique = "ix_deployments_github_id";

    /// <summary>A webhook makes one wish a target, however often it is processed.</summary>
    public const string OneWishADelivery = "ix_deployments_delivery_guid_target";

    /// <summary>The wishes that events made for a branch or tag, in their order.</summary>
    public const string Order = "ix_deployments_order_of_events";

    /// <summary>How lasting environments stand, one after the other.</summary>
    public const string Standing = "ix_deployments_standing";

    public void Configure(EntityTypeBuilder<Deployment> builder)
    {
        builder.ToTable("deployments");
        builder.HasKey(deployment => deployment.Id);
        builder.Property(deployment => deployment.Id).UseIdentityAlwaysColumn();
        // Queries ask for its parts, each of which is a column.
        builder.Ignore(deployment => deployment.Origin);
        builder.HasUser(deployment => deployment.RequestedBy, "requested_by");
        builder.Property(deployment => deployment.GitHubId).HasColumnName("github_id");
        builder.Property(deployment => deployment.TargetDefinition).HasColumnType("jsonb");
        builder.Property(deployment => deployment.Payload).HasColumnType("jsonb");
        builder.Property(deployment => deployment.Version).IsRowVersion();
        // The release before this one writes no such columns.
        builder.Property(deployment => deployment.AwaitsApproval).HasDefaultValue(false);
        builder.Property(deployment => deployment.Waits).HasDefaultValue(false);

        builder.HasOne<Installations.Repository>().WithMany().HasForeignKey(deployment => deployment.RepositoryId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(deployment => deployment.Steps).WithOne().HasForeignKey(step => step.DeploymentId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(deployment => deployment.Evaluations).WithOne().HasForeignKey(evaluation => evaluation.DeploymentId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(deployment => deployment.Changes).WithOne().HasForeignKey(change => change.DeploymentId).OnDelete(DeleteBehavior.Cascade);

        builder.HasIndex(deployment => deployment.GitHubId, GitHubIdIsUnique).IsUnique().HasFilter("github_id is not null");
        builder.HasIndex(deployment => new { deployment.DeliveryGuid, deployment.Target }).IsUnique()
            .HasDatabaseName(OneWishADelivery).HasFilter("delivery_guid is not null");
        builder.HasIndex(deployment => deployment.CarriedOutBy).HasFilter("carried_out_by is not null");
        builder.HasIndex(deployment => new { deployment.RepositoryId, deployment.Sha }, "ix_deployments_commit");
        builder.HasIndex(deployment => new { deployment.RepositoryId, deployment.EnvironmentKey, deployment.SucceededAt }, "ix_deployments_live")
            .IsDescending(false, false, true).HasFilter("succeeded_at is not null");
        builder.HasIndex(deployment => new { deployment.RepositoryId, deployment.EnvironmentKey }, "ix_deployments_unfinished")
            .HasFilter("state in ('Waiting', 'Creating', 'Pending', 'InProgress')");
        builder.HasIndex(deployment => deployment.LookAt).HasFilter("state = 'Waiting'");
        builder.HasIndex(deployment => new { deployment.RepositoryId, deployment.Id }, "ix_deployments_repository").IsDescending(false, true);
        builder.HasIndex(deployment => new { deployment.RepositoryId, deployment.EnvironmentKey, deployment.Id }, "ix_deployments_environment")
            .IsDescending(false, false, true);
        builder.HasIndex(deployment => new { deployment.RepositoryId, deployment.EnvironmentKey, deployment.Id }, Standing)
            .IsDescending(false, false, true).HasDatabaseName(Standing).HasFilter(LiveDeployments.StandingSql);
        builder.HasIndex(deployment => new { deployment.RepositoryId, deployment.Ref, deployment.CreatedAt, deployment.Id }, Order)
            .HasDatabaseName(Order).HasFilter(DeploymentCauses.AutomaticSql);
        builder.HasIndex(deployment => new { deployment.RepositoryId, deployment.SucceededAt }, "ix_deployments_succeeded")
            .HasFilter("succeeded_at is not null");
        builder.HasIndex(deployment => new { deployment.RepositoryId, deployment.EndedAt }, "ix_deployments_failed")
            .HasFilter("succeeded_at is null and state in ('Failure', 'Error')");
        builder.HasIndex(deployment => new { deployment.RepositoryId, deployment.PullRequest }, "ix_deployments_pull_request")
            .HasFilter("pull_request is not null");
        builder.HasIndex(deployment => new { deployment.RepositoryId, deployment.Ref }, "ix_deployments_transient")
            .HasFilter("transient_environment and pull_request is null and github_id is not null and state <> 'Inactive'");
    }
}
