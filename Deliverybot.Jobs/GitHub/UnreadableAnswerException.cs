namespace Deliverybot.Jobs.GitHub;

/// <summary>GitHub, or something on the way to it, answered with what isn't the documented answer.</summary>
internal sealed class UnreadableAnswerException(string call, Exception cause) : Exception($"GitHub's answer to {call} can't be read: {cause.Message}", cause);
