using Deliverybot.Data.Deploying;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Deliverybot.Data.Slack;

internal sealed class SlackRequestMapping : IEntityTypeConfiguration<SlackRequest>
{
    public void Configure(EntityTypeBuilder<SlackRequest> builder)
    {
        builder.ToTable("slack_requests");
        builder.HasKey(request => request.Id);
        builder.Property(request => request.Id).UseIdentityAlwaysColumn();
        builder.HasOne<SlackWorkspace>().WithMany().HasForeignKey(request => request.TeamId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Deployment>().WithMany().HasForeignKey(request => request.DeploymentId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(request => request.ReceivedAt);
    }
}
