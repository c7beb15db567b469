using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Deliverybot.Data.Deliveries;

internal sealed class WebhookDeliveryMapping : IEntityTypeConfiguration<WebhookDelivery>
{
    public void Configure(EntityTypeBuilder<WebhookDelivery> builder)
    {
        builder.ToTable("webhook_deliveries");
        builder.HasKey(delivery => delivery.Id);
        builder.Property(delivery => delivery.Id).UseIdentityAlwaysColumn();
        builder.Property(delivery => delivery.Faults).HasDefaultValue(0);
        builder.HasIndex(delivery => delivery.Guid).IsUnique();
        builder.HasIndex(delivery => delivery.Signed).IsUnique().HasFilter("signed is not null");
        builder.HasIndex(delivery => delivery.Id).HasDatabaseName("ix_webhook_deliveries_new").HasFilter("dispatched_at is null");
        builder.HasIndex(delivery => delivery.DispatchedAt)
            .HasDatabaseName("ix_webhook_deliveries_under_way").HasFilter("dispatched_at is not null and processed_at is null");
        builder.HasIndex(delivery => delivery.LeasedUntil).HasDatabaseName("ix_webhook_deliveries_leased").HasFilter("leased_until is not null");
        builder.HasIndex(delivery => delivery.ReceivedAt);
    }
}
