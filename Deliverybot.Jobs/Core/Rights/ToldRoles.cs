using Deliverybot.Jobs.GitHub.Access;
using Microsoft.Extensions.Caching.Memory;

namespace Deliverybot.Jobs.Core.Rights;

/// <summary>What GitHub has told within one act of somebody's role: it isn't asked twice.</summary>
internal sealed class ToldRoles
{
    private readonly Dictionary<AskedRole, (HeldRole Role, bool IsNamed)> _told = [];

    /// <param name="isNamed">Whether the answer would have named a role of an organisation's own making.</param>
    public void Note(AskedRole asked, HeldRole role, bool isNamed) => _told[asked] = (role, isNamed);

    /// <returns>Null where nothing was told, or not enough.</returns>
    public HeldRole? Find(AskedRole asked, bool mustBeNamed) =>
        _told.TryGetValue(asked, out var told) && (told.IsNamed || !mustBeNamed) ? told.Role : null;
}

/// <summary>What GitHub has told this process of somebody's role within the last minute, for pages alone.</summary>
internal sealed class RecentRoles : IDisposable
{
    private const int Most = 10_000;

    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(1);

    private readonly MemoryCache _roles = new(new MemoryCacheOptions { SizeLimit = Most });

    /// <param name="role">Null of a repository that can't be seen.</param>
    public void Remember(AskedRole asked, HeldRole? role) => _roles.Set(asked, new Answer(role), new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = Lately, Size = 1 });

    public bool TryFind(AskedRole asked, out HeldRole? role)
    {
        var isThere = _roles.TryGetValue<Answer>(asked, out var answer);
        role = answer?.Role;
        return isThere;
    }

    public void Dispose() => _roles.Dispose();

    private sealed record Answer(HeldRole? Role);
}
