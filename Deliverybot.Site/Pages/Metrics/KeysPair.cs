using Deliverybot.Jobs.Metrics;

namespace Deliverybot.Site.Pages.Metrics;

/// <summary>The figures, and those of as long a time just before.</summary>
internal sealed record KeysPair(DeliveryKeys Now, DeliveryKeys Before);
