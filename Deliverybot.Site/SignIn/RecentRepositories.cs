using System.Globalization;
using Deliverybot.Data.Names;
using Deliverybot.Site.Settings;

namespace Deliverybot.Site.SignIn;

/// <summary>
/// The repositories that this browser opened last, so that they stand first. Kept in a cookie of its own as GitHub's numbers and nothing
/// else; what the user may not see is never shown for it. Signing out deletes it.
/// </summary>
internal sealed class RecentRepositories(SiteSettings settings)
{
    private const int Most = 8;
    private const char Between = '.';

    private static readonly TimeSpan Length = TimeSpan.FromDays(30);

    private string Name => settings.IsHttps ? "__Host-recent" : "recent";

    /// <summary>The last first.</summary>
    public IReadOnlyList<RepositoryId> Read(HttpRequest request)
    {
        var ids = new List<RepositoryId>();
        foreach (var text in (request.Cookies[Name] ?? "").Split(Between).Take(Most))
        {
            if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                ids.Add(new RepositoryId(id));
            }
        }

        return ids;
    }

    public void Visit(HttpContext context, RepositoryId repository)
    {
        var before = Read(context.Request);
        if (before is [var last, ..] && last == repository)
        {
            return;
        }

        var ids = before.Where(id => id != repository).Prepend(repository).Take(Most);
        context.Response.Cookies.Append(Name, string.Join(Between, ids), Options(Length));
    }

    public void Forget(HttpContext context) => context.Response.Cookies.Delete(Name, Options(null));

    private CookieOptions Options(TimeSpan? length) => new()
    {
        HttpOnly = true,
        Secure = settings.IsHttps,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        MaxAge = length,
    };
}
