using System.Text.Json.Serialization;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.GitHub.Commits;

[JsonConverter(typeof(StateConverter<ComparisonStatus>))]
internal enum ComparisonStatus
{
    Diverged,
    Ahead,
    Behind,
    Identical,
}
