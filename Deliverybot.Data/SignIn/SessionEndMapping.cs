using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Deliverybot.Data.SignIn;

internal sealed class SessionEndMapping : IEntityTypeConfiguration<SessionEnd>
{
    public void Configure(EntityTypeBuilder<SessionEnd> builder)
    {
        builder.ToTable("session_ends");
        builder.HasKey(end => end.UserId);
        builder.Property(end => end.UserId).ValueGeneratedNever();
    }
}
