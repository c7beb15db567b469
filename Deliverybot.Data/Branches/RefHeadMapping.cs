using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Deliverybot.Data.Branches;

internal sealed class RefHeadMapping : IEntityTypeConfiguration<RefHead>
{
    public void Configure(EntityTypeBuilder<RefHead> builder)
    {
        builder.ToTable("ref_heads");
        builder.HasKey(head => new { head.RepositoryId, head.Ref });
        builder.HasOne<Installations.Repository>().WithMany().HasForeignKey(head => head.RepositoryId).OnDelete(DeleteBehavior.Cascade);
    }
}
