using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.Core;

/// <summary>
/// Others have the turn, and have had it for as long as one waits. A person is told so at once; what an event brings about is put off,
/// and occupies nobody meanwhile.
/// </summary>
internal sealed class TurnTakenException(DateTimeOffset at, string what)
    : RetryLaterException(at, $"Busy: others are being decided for {what}. Try again in a moment.");
