using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Statuses;

/// <summary>The contexts of the commit statuses that are ours.</summary>
internal static class Contexts
{
    /// <summary>Whether a commit's <c>deploy.yml</c> is sound.</summary>
    public const string Config = "deliverybot/config";

    /// <summary>How a commit stands at a target.</summary>
    public static string Of(TargetName target) => $"deliverybot/{target}";
}
