using System.Text.Json.Serialization;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.GitHub.Commits;

/// <summary>How a check run ended; <see cref="Unknown"/> for a word that GitHub added since.</summary>
[JsonConverter(typeof(StateConverter<CheckConclusion>))]
internal enum CheckConclusion
{
    Unknown,
    Success,
    Neutral,
    Skipped,
    Failure,
    Cancelled,
    TimedOut,
    ActionRequired,
    StartupFailure,
    Stale,
}
