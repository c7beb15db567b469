using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Deliverybot.Data.SetUp;

internal sealed class SetUpCodeMapping : IEntityTypeConfiguration<SetUpCode>
{
    public void Configure(EntityTypeBuilder<SetUpCode> builder)
    {
        builder.ToTable("set_up_code", table => table.HasCheckConstraint("ck_set_up_code_only", "id = 1"));
        builder.HasKey(code => code.Id);
        builder.Property(code => code.Id).ValueGeneratedNever();
    }
}
