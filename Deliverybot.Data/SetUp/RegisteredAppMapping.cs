using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Deliverybot.Data.SetUp;

internal sealed class RegisteredAppMapping : IEntityTypeConfiguration<RegisteredApp>
{
    public void Configure(EntityTypeBuilder<RegisteredApp> builder)
    {
        builder.ToTable("registered_app", table => table.HasCheckConstraint("ck_registered_app_only", "id = 1"));
        builder.HasKey(app => app.Id);
        builder.Property(app => app.Id).ValueGeneratedNever();
    }
}
