using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Reading;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.GitHub.GraphQl;

/// <summary>
/// Asks in one call whether a pull request, a fork's as well, changes a file, however many others it changes: its files take a call for
/// each hundred. The blobs at three places tell. A merge of the other branch brings that one's blob, which is no change.
/// </summary>
internal static class ChangedFileQuery
{
    private static readonly GraphQlDocument Document = GraphQlDocument.Named("ChangedFile");

    /// <param name="transport">Whoever asks.</param>
    /// <param name="path">The file.</param>
    /// <param name="misnamed">What the file is called by mistake.</param>
    /// <returns>Null if there is no such pull request, or GitHub doesn't show its head.</returns>
    public static async Task<ChangedFile?> RunAsync(
        GitHubTransport transport, RepositoryName repository, PullRequestNumber number, string path, string misnamed, CancellationToken cancellationToken)
    {
        var variables = new JsonObject
        {
            ["owner"] = repository.Owner,
            ["name"] = repository.Name,
            ["number"] = number.Value,
            ["path"] = path,
            ["misnamed"] = misnamed,
        };
        var data = await Document.SendAsync(transport, variables, ChangedFileJson.Default.ChangedFileData, cancellationToken);
        var pull = data?.Repository?.PullRequest;
        if (pull is null || pull.Last?.Nodes is not [{ Commit: { } head }] || head.Oid != pull.HeadRefOid)
        {
            return null;
        }

        var goesTo = pull.BaseRef?.Target;
        var left = pull.First?.Nodes is [{ Commit.Parents.Nodes: [var parent] }] ? parent : goesTo;
        return new ChangedFile(
            pull.HeadRefOid,
            IsChanged: head.File?.Oid != goesTo?.File?.Oid && head.File?.Oid != left?.File?.Oid,
            BringsMisnamed: head.Misnamed is { Oid: { } misnamedAt } && misnamedAt != goesTo?.Misnamed?.Oid && misnamedAt != left?.Misnamed?.Oid);
    }
}

/// <summary>What a pull request does to a file.</summary>
/// <param name="Head">The head that is judged.</param>
/// <param name="IsChanged">Whether it adds, changes or removes the file.</param>
/// <param name="BringsMisnamed">Whether it adds or changes the one that has the file's name by mistake.</param>
internal sealed record ChangedFile(CommitSha Head, bool IsChanged, bool BringsMisnamed);

/// <summary>The answer to <c>ChangedFile.graphql</c>. A file that isn't there is null.</summary>
internal sealed record ChangedFileData(ChangedFileData.RepositoryNode? Repository)
{
    internal sealed record RepositoryNode(PullNode? PullRequest);

    internal sealed record PullNode(CommitSha HeadRefOid, RefNode? BaseRef, Commits? Last, Commits? First);

    /// <param name="Target">Null if the branch is gone.</param>
    internal sealed record RefNode(CommitNode? Target);

    internal sealed record Commits(IReadOnlyList<Entry>? Nodes);

    internal sealed record Entry(CommitNode? Commit);

    internal sealed record CommitNode(CommitSha? Oid, FileNode? File, FileNode? Misnamed, Parents? Parents);

    internal sealed record Parents(IReadOnlyList<CommitNode>? Nodes);

    internal sealed record FileNode(string? Oid);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(NameConverters.Commit)])]
[JsonSerializable(typeof(ChangedFileData))]
internal sealed partial class ChangedFileJson : JsonSerializerContext;
