using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Deliverybot.Data.Upkeep;

internal sealed class UpkeepMarkMapping : IEntityTypeConfiguration<UpkeepMark>
{
    public void Configure(EntityTypeBuilder<UpkeepMark> builder)
    {
        builder.ToTable("upkeep_marks");
        builder.HasKey(mark => mark.Name);
    }
}
