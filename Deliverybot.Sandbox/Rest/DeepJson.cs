using System.Text.Json;

namespace Deliverybot.Sandbox.Rest;

/// <summary>JSON as deep as GitHub takes it: Rails, which it is written in, reads what is nested a hundred deep. Its events wrap that.</summary>
internal static class DeepJson
{
    private const int Deepest = 100;
    private const int Wrapped = 2 * Deepest;

    public static JsonDocumentOptions Taken { get; } = new() { MaxDepth = Deepest };

    public static JsonDocumentOptions Read { get; } = new() { MaxDepth = Wrapped };

    public static JsonSerializerOptions Sent { get; } = new() { MaxDepth = Wrapped };
}
