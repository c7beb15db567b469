namespace Deliverybot.Jobs.Deliveries;

/// <summary>Deliveries of one repository (or, without one, of one installation), in the order of their arrival.</summary>
internal sealed record DeliveryBatch(string Source, long[] Ids, string Events);
