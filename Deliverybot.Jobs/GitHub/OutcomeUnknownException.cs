namespace Deliverybot.Jobs.GitHub;

/// <summary>A change was sent, and no answer says whether GitHub made it: look before asking again.</summary>
internal sealed class OutcomeUnknownException(string message, Exception? cause = null) : Exception(message, cause);
