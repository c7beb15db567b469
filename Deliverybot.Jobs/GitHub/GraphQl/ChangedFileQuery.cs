using System.Text.Json.Nodes;
using Deliverybot.Data.Names;
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
    /// <param name="repository">Where the pull request is.</param>
    /// <param name="number">The pull request.</param>
    /// <param name="path">The file.</param>
    /// <param name="misnamed">What the file is called by mistake.</param>
    /// <param name="cancellationToken">Ends the call.</param>
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
        var call = GitHubCall.GraphQl(transport.GraphQlAddress, Document.Name, Document.BodyWith(variables));
        var answer = await transport.SendAsync(call, cancellationToken);
        var pull = GraphQlAnswer.Read(transport, answer, ChangedFileJson.Default.ChangedFileData)?.Repository?.PullRequest;
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
