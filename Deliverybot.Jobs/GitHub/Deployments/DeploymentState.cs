using System.Text.Json.Serialization;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.GitHub.Deployments;

/// <summary>The state of a deployment status; <see cref="Unknown"/> for a word that GitHub added since.</summary>
[JsonConverter(typeof(StateConverter<DeploymentState>))]
internal enum DeploymentState
{
    Unknown,
    Queued,
    Pending,
    Waiting,
    InProgress,
    Success,
    Failure,
    Error,
    Inactive,
}
