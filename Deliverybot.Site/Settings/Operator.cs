using System.Globalization;
using Deliverybot.Data.Names;

namespace Deliverybot.Site.Settings;

/// <summary>One entry of <c>Deliverybot:Operators</c>: who may open the job dashboard.</summary>
internal abstract record Operator
{
    private Operator()
    {
    }

    private const string IdPrefix = "id:";

    /// <summary>The account with this number, whatever it is called.</summary>
    internal sealed record Account(GitHubUserId Id) : Operator;

    /// <summary>The person with this login.</summary>
    internal sealed record Person(GitHubLogin Login) : Operator;

    /// <summary>Whoever is admin of this repository, as GitHub says at the moment of asking.</summary>
    internal sealed record AdminsOf(RepositoryName Repository) : Operator;

    public static bool TryParse(string text, out Operator? entry)
    {
        if (text.StartsWith(IdPrefix, StringComparison.OrdinalIgnoreCase))
        {
            entry = long.TryParse(text.AsSpan(IdPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0
                ? new Account(new GitHubUserId(id))
                : null;
            return entry is not null;
        }

        var login = text.TrimStart('@');
        entry = RepositoryName.TryParse(text, out var repository)
            ? new AdminsOf(repository)
            : login.Length > 0 && login.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_')
                ? new Person(new GitHubLogin(login))
                : null;
        return entry is not null;
    }
}
