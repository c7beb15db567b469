using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Deliverybot.Data.Deploying;

internal sealed class DeploymentStepMapping : IEntityTypeConfiguration<DeploymentStep>
{
    public void Configure(EntityTypeBuilder<DeploymentStep> builder)
    {
        builder.ToTable("deployment_steps");
        builder.HasKey(step => step.Id);
        builder.Property(step => step.Id).UseIdentityAlwaysColumn();
        builder.Property(step => step.AwaitsApproval).HasDefaultValue(false);
        builder.HasIndex(step => step.DeploymentId);
    }
}
