namespace Deliverybot.Sandbox;

/// <summary>How to start a stand-in GitHub.</summary>
public sealed record SandboxServerOptions
{
    /// <summary>0 takes any free port.</summary>
    public int Port { get; init; }

    /// <summary>Where the App's webhooks go; may be set later on <see cref="World.GitHubWorld.Webhooks"/>.</summary>
    public Uri? WebhookUrl { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Starts with the organisation of the try-out.</summary>
    public bool Seed { get; init; }

    /// <summary>When that organisation's past ends, now if left out. The same moment brings the same ids and commits at each start.</summary>
    public DateTimeOffset? SeededAt { get; init; }

    /// <summary>Carries out the deployments that are created, and runs checks on pushes.</summary>
    public bool Runner { get; init; }

    /// <summary>Given to keep the App over restarts; generated if left out.</summary>
    public AppCredentials? App { get; init; }

    /// <summary>Seed of the randomness in <see cref="Faults.FaultPlan"/>.</summary>
    public int FaultSeed { get; init; } = 1;

    /// <summary>Requests an hour for each token.</summary>
    public int RateLimit { get; init; } = 5000;

    /// <summary>Adds pages of its own to the server.</summary>
    public Action<WebApplication, SandboxServer>? MapPages { get; init; }
}
