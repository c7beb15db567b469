using System.Text.Json;

namespace Deliverybot.Tests.Contracts.Webhooks;

/// <summary>A webhook that GitHub, or a GitHub Enterprise Server, once sent.</summary>
/// <param name="Source">github.com or the release of Enterprise Server.</param>
internal sealed record WebhookExample(string Source, string Event, JsonElement Body)
{
    public string? Action => Body.TryGetProperty("action", out var action) ? action.GetString() : null;

    public override string ToString() => $"{Source} {Event} {Action}".TrimEnd();
}
