using Deliverybot.Data.Names;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Deliverybot.Data.Activity;

internal sealed class ActivityEntryMapping : IEntityTypeConfiguration<ActivityEntry>
{
    public void Configure(EntityTypeBuilder<ActivityEntry> builder)
    {
        builder.ToTable("activity");
        builder.HasKey(entry => entry.Id);
        builder.Property(entry => entry.Id).UseIdentityAlwaysColumn();
        builder.HasUser(entry => entry.Actor, "actor");
        builder.HasOne<Installations.Repository>().WithMany().HasForeignKey(entry => entry.RepositoryId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(entry => new { entry.RepositoryId, entry.Id }).IsDescending(false, true);
        builder.HasIndex(entry => new { entry.RepositoryId, entry.Sha });
    }
}
