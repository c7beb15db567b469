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
        var found = answer.ReadUnlessMissing(GitHubJson.Default.GitObject);
        while (found is { Target.Type: "tag" })
        {
            answer = await transport.SendAsync(GitHubCall.Get($"repos/{repository}/git/tags/{found.Target.Sha}"), cancellationToken);
            found = answer.ReadUnlessMissing(GitHubJson.Default.GitObject);
        }

        return found is { Target.Type: "commit" } ? found.Target.Sha : null;
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

        foreach (var name in NamesMeantBy(text))
        {
            if (await HeadAsync(name, cancellationToken) is { } head)
            {
                return new ResolvedRef(head, name);
            }
        }

        return text.Length is >= 7 and < 64 && text.All(char.IsAsciiHexDigit)
            ? await CommitAsync(new Revision(text), cancellationToken)
            : null;
    }

    private async Task<ResolvedRef?> CommitAsync(Revision revision, CancellationToken cancellationToken)
    {
        var commit = await new RepositoryCommits(transport, repository).GetAsync(revision, cancellationToken);
        return commit is null ? null : new ResolvedRef(commit.Sha, null);
    }

    private static GitRef[] NamesMeantBy(string text)
    {
        if (text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return [new GitRef(text)];
        }

        var plain = new[] { GitRef.Branch(text), GitRef.Tag(text) };
        return text.StartsWith("heads/", StringComparison.Ordinal) || text.StartsWith("tags/", StringComparison.Ordinal)
            ? [new GitRef(Prefix + text), .. plain]
            : plain;
    }
}
