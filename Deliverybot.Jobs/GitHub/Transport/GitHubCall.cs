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
