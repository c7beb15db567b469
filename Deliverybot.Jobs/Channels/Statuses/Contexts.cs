using System.Security.Cryptography;
using System.Text;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Channels.Statuses;

/// <summary>The contexts of the commit statuses that are ours.</summary>
internal static class Contexts
{
    /// <summary>GitHub keeps no longer ones.</summary>
    private const int Longest = 255;

    /// <summary>How a commit stands at a target. Of a name that is too long for it the end is left out, and a mark of the whole name put there.</summary>
    public static string Of(TargetName target)
    {
        var context = $"deliverybot/{target}";
        if (context.Length <= Longest)
        {
            return context;
        }

        var mark = $"…{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(target.Value)))[..8]}";
        var kept = context[..(Longest - mark.Length)];
        return (char.IsHighSurrogate(kept[^1]) ? kept[..^1] : kept) + mark;
    }
}
