using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Deliverybot.Data.Slack;

internal sealed class SlackLinkMapping : IEntityTypeConfiguration<SlackLink>
{
    public const string OneLinkASlackUser = "ix_slack_links_slack_user";

    public void Configure(EntityTypeBuilder<SlackLink> builder)
    {
        builder.ToTable("slack_links");
        builder.HasKey(link => link.Id);
        builder.Property(link => link.Id).UseIdentityAlwaysColumn();
        builder.HasOne<SlackWorkspace>().WithMany().HasForeignKey(link => link.TeamId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(link => new { link.TeamId, link.SlackUserId }).IsUnique().HasDatabaseName(OneLinkASlackUser);
        builder.HasIndex(link => link.UserId);
    }
}
