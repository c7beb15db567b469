using Deliverybot.Data.Names;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Deliverybot.Data.Locks;

internal sealed class EnvironmentLockMapping : IEntityTypeConfiguration<EnvironmentLock>
{
    public const string OneOfEachKind = "ix_environment_locks_one_of_each_kind";

    public void Configure(EntityTypeBuilder<EnvironmentLock> builder)
    {
        builder.ToTable("environment_locks");
        builder.HasKey(held => held.Id);
        builder.Property(held => held.Id).UseIdentityAlwaysColumn();
        builder.Ignore(held => held.EndsAfter);
        builder.HasUser(held => held.Holder, "holder");
        builder.HasOne<Installations.Repository>().WithMany().HasForeignKey(held => held.RepositoryId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(held => new { held.RepositoryId, held.EnvironmentKey, held.Kind }).IsUnique().HasDatabaseName(OneOfEachKind);
        builder.HasIndex(held => held.Until).HasFilter("until is not null");
    }
}
