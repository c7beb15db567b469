namespace Deliverybot.Tests.Jobs.Events.AutoDeploy.Interleavings;

/// <summary>One thing that happens: at GitHub, to a lock, or on the way from GitHub to Deliverybot.</summary>
/// <param name="What">What happens.</param>
/// <param name="Which">To which of those there are at that time, modulo their number; nothing happens where there is none.</param>
/// <param name="How">How it goes, where there are several ways.</param>
internal readonly record struct Act(ActKind What, int Which, int How)
{
    public override string ToString() => $"{What} {Which} {How}";
}
