using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Deliverybot.Data.Slack;

internal sealed class SlackSignatureMapping : IEntityTypeConfiguration<SlackSignature>
{
    public void Configure(EntityTypeBuilder<SlackSignature> builder)
    {
        builder.ToTable("slack_signatures");
        builder.HasKey(signature => signature.Signature);
        builder.HasIndex(signature => signature.SeenAt);
    }
}
