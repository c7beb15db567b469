using System.Text.Json.Nodes;

namespace Deliverybot.Sandbox.World;

/// <summary>The body of <c>POST …/deployments</c> with GitHub's defaults filled in.</summary>
internal sealed record DeploymentRequest
{
    public required string Ref { get; init; }

    public string Task { get; init; } = "deploy";

    public bool AutoMerge { get; init; } = true;

    /// <summary>Null: every status and check of the commit must be good. Empty: none is looked at.</summary>
    public IReadOnlyList<string>? RequiredContexts { get; init; }

    public JsonNode? Payload { get; init; }

    public string Environment { get; init; } = "production";

    public string? Description { get; init; }

    public bool Transient { get; init; }

    public bool? Production { get; init; }
}
