using System.Text.Json.Nodes;

namespace Deliverybot.Sandbox.World;

/// <summary>A deployment as GitHub keeps it.</summary>
public sealed class Deployment
{
    private readonly Lock _gate;

    internal Deployment(Lock gate) => _gate = gate;

    public required long Id { get; init; }

    public required string Sha { get; init; }

    public required string Ref { get; init; }

    public required string Task { get; init; }

    public required string Environment { get; set; }

    public required string OriginalEnvironment { get; init; }

    public required string? Description { get; init; }

    /// <summary>An object or a string, as it was sent.</summary>
    public required JsonNode Payload { get; init; }

    public required bool Transient { get; init; }

    public required bool Production { get; init; }

    public required Account Creator { get; init; }

    /// <summary>Made by the App (with the installation's or a user's token) and not by an Actions job.</summary>
    public required bool ByApp { get; init; }

    /// <summary>Of an Actions job's deployment: the event that its workflow runs for.</summary>
    public string? RunsFor { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<DeploymentStatus> Statuses
    {
        get
        {
            lock (_gate)
            {
                return [.. StatusList];
            }
        }
    }

    /// <summary>State of the newest status, null before the first.</summary>
    public string? State
    {
        get
        {
            lock (_gate)
            {
                return StatusList.LastOrDefault()?.State;
            }
        }
    }

    internal List<DeploymentStatus> StatusList { get; } = [];
}
