using System.Text.Json.Serialization;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Deliveries.Events;

/// <summary>The short form of a repository in the events of installations.</summary>
internal sealed record InstalledRepository(long Id, string FullName)
{
    [JsonIgnore]
    public RepositoryName Name => RepositoryName.Parse(FullName);
}
