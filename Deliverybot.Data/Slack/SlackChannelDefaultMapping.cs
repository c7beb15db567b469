using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Deliverybot.Data.Slack;

internal sealed class SlackChannelDefaultMapping : IEntityTypeConfiguration<SlackChannelDefault>
{
    public void Configure(EntityTypeBuilder<SlackChannelDefault> builder)
    {
        builder.ToTable("slack_channel_defaults");
        builder.HasKey(channel => new { channel.TeamId, channel.ChannelId });
        builder.HasOne<SlackWorkspace>().WithMany().HasForeignKey(channel => channel.TeamId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Installations.Repository>().WithMany().HasForeignKey(channel => channel.RepositoryId).OnDelete(DeleteBehavior.Cascade);
    }
}
