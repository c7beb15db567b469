using System.Runtime.CompilerServices;
using System.Text;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.GitHub.Transport;

/// <summary>One request to GitHub's API, before anybody signs it.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Route">The address with its gaps open, for logs and metrics.</param>
/// <param name="Address">Relative to the API's root, or the absolute address of a next page.</param>
/// <param name="Body">JSON, already written.</param>
/// <param name="Repeatable">Whether doing it twice is the same as doing it once, so that it may be sent again after a fault.</param>
internal sealed record GitHubCall(HttpMethod Method, string Route, Uri Address, string? Body, bool Repeatable)
{
    public static GitHubCall Get(GitHubPath path) => Of(HttpMethod.Get, path, null, repeatable: true);

    /// <summary>A patch of ours sets a whole text, so it can be sent again.</summary>
    public static GitHubCall Patch(GitHubPath path, string body) => Of(HttpMethod.Patch, path, body, repeatable: true);

    public static GitHubCall Delete(GitHubPath path, string? body = null) => Of(HttpMethod.Delete, path, body, repeatable: true);

    /// <summary>Sent once: an answer that gets lost leaves the outcome unknown.</summary>
    public static GitHubCall Post(GitHubPath path, string body) => Of(HttpMethod.Post, path, body, repeatable: false);

    /// <summary>For the few posts that change nothing, or nothing that a second time would change.</summary>
    public static GitHubCall RepeatablePost(GitHubPath path, string body) => Of(HttpMethod.Post, path, body, repeatable: true);

    /// <summary>A query, never a mutation.</summary>
    public static GitHubCall GraphQl(Uri address, string operation, string body) =>
        new(HttpMethod.Post, "graphql " + operation, address, body, Repeatable: true);

    public bool IsGraphQl => Route.StartsWith("graphql ", StringComparison.Ordinal);

    public override string ToString() => $"{Method} {Route}";

    private static GitHubCall Of(HttpMethod method, GitHubPath path, string? body, bool repeatable) =>
        new(method, path.Route, new Uri(path.Path, UriKind.Relative), body, repeatable);
}

/// <summary>
/// An address below the API's root, written as an interpolated string: whatever is filled in is escaped, and the
/// same string with the gaps left open is the route that logs and metrics show.
/// </summary>
[InterpolatedStringHandler]
internal readonly struct GitHubPath
{
    private readonly StringBuilder _path;
    private readonly StringBuilder _route;

    public GitHubPath(int literalLength, int formattedCount)
    {
        _path = new StringBuilder(literalLength + (16 * formattedCount));
        _route = new StringBuilder(literalLength + (8 * formattedCount));
    }

    public string Path => _path.ToString();

    /// <summary>Without the query: few different ones, as a metric's tag needs it.</summary>
    public string Route
    {
        get
        {
            var route = _route.ToString();
            var query = route.IndexOf('?', StringComparison.Ordinal);
            return query < 0 ? route : route[..query];
        }
    }

    public void AppendLiteral(string literal)
    {
        _path.Append(literal);
        _route.Append(literal);
    }

    public void AppendFormatted(RepositoryName repository)
    {
        Fill($"{Uri.EscapeDataString(repository.Owner)}/{Uri.EscapeDataString(repository.Name)}");
        _route.Append("{repository}");
    }

    public void AppendFormatted(PullRequestNumber number)
    {
        _path.Append(number.Value);
        _route.Append("{number}");
    }

    /// <summary>Adds a parameter to the query there is, unless it has no value: to GitHub an empty one isn't none.</summary>
    public GitHubPath And(string name, string? value)
    {
        if (value is not null)
        {
            _path.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return this;
    }

    /// <summary>The format <c>slashes</c> keeps them: branch names and file paths have several segments.</summary>
    /// <exception cref="ArgumentException">A segment is <c>.</c> or <c>..</c>, which would lead to another address.</exception>
    public void AppendFormatted<T>(T value, string? format = null)
    {
        var escaped = Uri.EscapeDataString(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value}"));
        Fill(format == "slashes" ? escaped.Replace("%2F", "/", StringComparison.Ordinal) : escaped);
        _route.Append("{}");
    }

    private void Fill(string escaped)
    {
        // In a query they mean nothing.
        if (escaped.Split('/').Any(segment => segment is "." or "..") && !_route.ToString().Contains('?', StringComparison.Ordinal))
        {
            throw new ArgumentException($"'{escaped}' would lead to another address.", nameof(escaped));
        }

        _path.Append(escaped);
    }
}
