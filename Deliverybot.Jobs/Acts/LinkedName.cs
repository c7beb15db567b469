namespace Deliverybot.Jobs.Acts;

/// <summary>A name, and where it can be looked at; null where no address is set.</summary>
internal readonly record struct LinkedName(string Name, Uri? Address);
