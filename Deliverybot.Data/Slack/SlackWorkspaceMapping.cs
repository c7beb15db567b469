using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Deliverybot.Data.Slack;

internal sealed class SlackWorkspaceMapping : IEntityTypeConfiguration<SlackWorkspace>
{
    public void Configure(EntityTypeBuilder<SlackWorkspace> builder)
    {
        builder.ToTable("slack_workspaces");
        builder.HasKey(workspace => workspace.TeamId);
    }
}
