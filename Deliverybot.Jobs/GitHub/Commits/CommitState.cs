using System.Text.Json.Serialization;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.GitHub.Commits;

/// <summary>The state of a commit status.</summary>
[JsonConverter(typeof(StateConverter<CommitState>))]
internal enum CommitState
{
    Pending,
    Success,
    Failure,
    Error,
}
