namespace Deliverybot.Sandbox.TryOut;

/// <summary>The try-out can't go on; the message says what is missing and what to do.</summary>
public sealed class TryOutException(string message) : Exception(message);
