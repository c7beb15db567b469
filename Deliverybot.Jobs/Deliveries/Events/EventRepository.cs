using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Deliveries.Events;

/// <summary>The repository of an event.</summary>
internal sealed record EventRepository(long Id, string Name, EventAccount Owner, string? DefaultBranch)
{
    public RepositoryName FullName => new(Owner.Login, Name);
}
