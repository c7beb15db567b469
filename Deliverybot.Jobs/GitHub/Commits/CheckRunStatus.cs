using System.Text.Json.Serialization;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.GitHub.Commits;

/// <summary>How far a check run is.</summary>
[JsonConverter(typeof(StateConverter<CheckRunStatus>))]
internal enum CheckRunStatus
{
    Queued,
    Requested,
    Waiting,
    Pending,
    InProgress,
    Completed,
}
