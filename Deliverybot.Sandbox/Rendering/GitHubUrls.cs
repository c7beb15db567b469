namespace Deliverybot.Sandbox.Rendering;

/// <summary>Where this GitHub is reached; known once the server listens.</summary>
internal sealed class GitHubUrls
{
    public string Root { get; set; } = "http://127.0.0.1";

    public string Api => Root + "/api/v3";
}
