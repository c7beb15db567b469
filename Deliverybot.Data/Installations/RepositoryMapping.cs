using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Deliverybot.Data.Installations;

internal sealed class RepositoryMapping : IEntityTypeConfiguration<Repository>
{
    public void Configure(EntityTypeBuilder<Repository> builder)
    {
        builder.ToTable("repositories");
        builder.HasKey(repository => repository.Id);
        builder.Property(repository => repository.Id).ValueGeneratedNever();
        builder.Ignore(repository => repository.FullName);
        builder.HasOne<Installation>().WithMany().HasForeignKey(repository => repository.InstallationId).OnDelete(DeleteBehavior.Cascade);
    }
}
