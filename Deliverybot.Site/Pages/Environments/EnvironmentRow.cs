using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Deliverybot.Data.Names;
using Deliverybot.Site.Pages.Shared;

namespace Deliverybot.Site.Pages.Environments;

/// <summary>An environment: what it runs, what comes, and what stands in the way.</summary>
internal sealed record EnvironmentRow
{
    public required EnvironmentName Environment { get; init; }

    /// <summary>The targets of <c>deploy.yml</c> that deploy to it.</summary>
    public required IReadOnlyList<TargetName> Targets { get; init; }

    /// <summary>Whether it belongs to a pull request and goes with that.</summary>
    public required bool IsPreview { get; init; }

    public LiveView? Live { get; init; }

    /// <summary>The newest attempt, where it failed after what is live.</summary>
    public WayView? Failed { get; init; }

    /// <summary>Oldest first.</summary>
    public required IReadOnlyList<WayView> OnItsWay { get; init; }

    /// <summary>What waits, in the order in which it goes out.</summary>
    public required IReadOnlyList<WayView> Waiting { get; init; }

    public HeldView? Lock { get; init; }

    public HeldView? Hold { get; init; }

    /// <summary>What a rollback is to be asked for: the target, or the environment where that isn't one target's alone.</summary>
    public string? RollbackPlace { get; init; }

    [JsonIgnore]
    public string Id => EnvironmentsLinks.Anchor(Environment);

    /// <summary>Another one for another row.</summary>
    [JsonIgnore]
    public string Stamp => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this)))[..16];

    /// <summary>The one thing to see from afar.</summary>
    [JsonIgnore]
    public Tone Tone => this switch
    {
        { Failed: not null } => Tone.Bad,
        { OnItsWay.Count: > 0 } => Tone.Busy,
        { Lock: not null } or { Hold: not null } or { Waiting.Count: > 0 } => Tone.Wait,
        { Live: not null } => Tone.Good,
        _ => Tone.Plain,
    };
}
