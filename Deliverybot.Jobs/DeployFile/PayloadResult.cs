using System.Text.Json.Nodes;

namespace Deliverybot.Jobs.DeployFile;

/// <summary>A payload ready to be sent, or why it can't be.</summary>
internal abstract record PayloadResult
{
    private PayloadResult()
    {
    }

    public sealed record Rendered(JsonObject Payload) : PayloadResult;

    /// <summary>A sentence for the user that names target and key.</summary>
    public sealed record Unrendered(string Message) : PayloadResult;
}
