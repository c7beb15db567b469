using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Deploy;

/// <summary>What the form sends, as text.</summary>
public sealed record DeployForm
{
    public string? Target { get; init; }

    public string? Sha { get; init; }

    public string? Ref { get; init; }

    public string? Force { get; init; }

    public string? Task { get; init; }

    public string? ReturnUrl { get; init; }

    internal bool IsForced => string.Equals(Force, "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>A branch by its short name, or any ref whole; null where none was sent.</summary>
    internal GitRef? ReadRef() => string.IsNullOrWhiteSpace(Ref)
        ? null
        : Ref.StartsWith("refs/", StringComparison.Ordinal) ? new GitRef(Ref) : GitRef.Branch(Ref);
}
