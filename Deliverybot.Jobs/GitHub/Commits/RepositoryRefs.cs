using System.Text.Json.Serialization;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.GitHub.Commits;

/// <summary>Branches and tags: <see href="https://docs.github.com/rest/git/refs"/>.</summary>
internal sealed class RepositoryRefs(GitHubTransport transport, RepositoryName repository)
{
    private const string Prefix = "refs/";

    /// <summary>The commit a branch or tag stands at, an annotated tag's included; null if there is none of that name.</summary>
    public async Task<CommitSha?> HeadAsync(GitRef name, CancellationToken cancellationToken)
    {
        if (!name.IsWellFormed)
        {
            return null;
        }

        var path = name.Value[Prefix.Length..];
        var answer = await transport.SendAsync(GitHubCall.Get($"repos/{repository}/git/ref/{path:slashes}"), cancellationToken);
        var found = answer.ReadUnlessMissing(CommitsJson.Default.GitObject);
        if (found is { Target.Type: "tag" })
        {
            answer = await transport.SendAsync(GitHubCall.Get($"repos/{repository}/git/tags/{found.Target.Sha}"), cancellationToken);
            found = answer.ReadUnlessMissing(CommitsJson.Default.GitObject);
        }

        return found?.Target switch
        {
            { Type: "commit" } commit => commit.Sha,
            { Type: "tag" } => await PeeledAsync(name, cancellationToken),
            _ => null,
        };
    }

    /// <summary>A tag may point to a tag, and so on without end: such a chain isn't walked, but GitHub asked for the commit it leads to.</summary>
    private async Task<CommitSha?> PeeledAsync(GitRef name, CancellationToken cancellationToken)
    {
        // With "tags/" before it, GitHub takes no branch of the same name.
        var commit = await new RepositoryCommits(transport, repository).GetAsync(new Revision(name.Value[Prefix.Length..]), cancellationToken);
        return commit?.Sha;
    }

    /// <summary>
    /// Finds what people write: <c>main</c>, <c>heads/main</c>, <c>refs/tags/v1</c>, a sha or the beginning of one.
    /// A branch goes before a tag of the same name, and both before a commit.
    /// </summary>
    public async Task<ResolvedRef?> ResolveAsync(string text, CancellationToken cancellationToken)
    {
        if (CommitSha.TryParse(text, out var sha))
        {
            return await CommitAsync(sha, cancellationToken);
        }

        foreach (var name in GitRef.MeantBy(text))
        {
            if (await HeadAsync(name, cancellationToken) is { } head)
            {
                return new ResolvedRef(head, name);
            }
        }

        // GitHub may know another ref of that name: what it finds has to be the commit that was written down.
        return text.Length is >= 7 and < 64 && text.All(char.IsAsciiHexDigit)
            && await CommitAsync(new Revision(text), cancellationToken) is { } found
            && found.Sha.Value.StartsWith(text, StringComparison.OrdinalIgnoreCase)
            ? found
            : null;
    }

    private async Task<ResolvedRef?> CommitAsync(Revision revision, CancellationToken cancellationToken)
    {
        var commit = await new RepositoryCommits(transport, repository).GetAsync(revision, cancellationToken);
        return commit is null ? null : new ResolvedRef(commit.Sha, null);
    }
}

/// <summary>What somebody meant by a branch, a tag or a commit.</summary>
/// <param name="Ref">The branch or tag that was named; null if it was the commit itself.</param>
internal sealed record ResolvedRef(CommitSha Sha, GitRef? Ref);

/// <summary>A reference or an annotated tag, as far as where it points.</summary>
internal sealed record GitObject([property: JsonPropertyName("object")] GitObject.Pointee Target)
{
    internal sealed record Pointee(CommitSha Sha, string Type);
}
