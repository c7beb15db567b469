namespace Deliverybot.Sandbox.Browser;

internal sealed class BrowserMissingException(string message) : Exception(message);
