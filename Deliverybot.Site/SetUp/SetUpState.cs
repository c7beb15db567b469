namespace Deliverybot.Site.SetUp;

/// <summary>How far this process is.</summary>
internal sealed class SetUpState
{
    /// <summary>No App is known: the set-up's pages are there, and no others.</summary>
    public required bool IsOn { get; init; }

    /// <summary>What has to be mended in the settings before an App can be registered in the browser.</summary>
    public IReadOnlyCollection<string> Faults { get; init; } = [];

    /// <summary>What the database said when it was asked last; null: it answers.</summary>
    public string? Fault { get; set; }
}
