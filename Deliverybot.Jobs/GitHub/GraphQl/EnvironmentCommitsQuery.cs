using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Reading;

namespace Deliverybot.Jobs.GitHub.GraphQl;

/// <summary>
/// Asks in one call for as many commits and comparisons as a page needs. GraphQL has no lists of those, so the query names each; what
/// differs between two calls is only how many there are, and all values go as variables.
/// </summary>
internal static class EnvironmentCommitsQuery
{
    private const string Name = "EnvironmentCommits";

    /// <returns>Null if the user sees no such repository.</returns>
    public static async Task<EnvironmentCommits?> RunAsync(
        UserClient client,
        RepositoryName repository,
        IReadOnlyList<CommitSha> commits,
        IReadOnlyList<PlacedCommit> places,
        CancellationToken cancellationToken)
    {
        var variables = new JsonObject { ["owner"] = repository.Owner, ["name"] = repository.Name };
        foreach (var (index, sha) in commits.Index())
        {
            variables[Numbered("sha", index)] = sha.Value;
        }

        foreach (var (index, place) in places.Index())
        {
            variables[Numbered("branch", index)] = place.Branch.Value;
            variables[Numbered("head", index)] = place.Sha.Value;
        }

        var data = await client.GraphQlAsync(
            DocumentFor(commits.Count, places.Count), variables, EnvironmentCommitsJson.Default.EnvironmentCommitsData, cancellationToken);
        return data?.Repository is { } found ? CommitsOf(found, commits, places) : null;
    }

    public static GraphQlDocument DocumentFor(int commits, int places)
    {
        var text = new StringBuilder($"query {Name}($owner: String!, $name: String!");
        for (var index = 0; index < commits; index++)
        {
            text.Append(CultureInfo.InvariantCulture, $", $sha{index}: GitObjectID!");
        }

        for (var index = 0; index < places; index++)
        {
            text.Append(CultureInfo.InvariantCulture, $", $branch{index}: String!, $head{index}: String!");
        }

        text.Append(") { repository(owner: $owner, name: $name) { defaultBranchRef { target { oid } }");
        for (var index = 0; index < commits; index++)
        {
            text.Append(CultureInfo.InvariantCulture, $" commit{index}: object(oid: $sha{index}) {{ ... on Commit {{ messageHeadline }} }}");
        }

        for (var index = 0; index < places; index++)
        {
            text.Append(CultureInfo.InvariantCulture, $" place{index}: ref(qualifiedName: $branch{index}) {{ compare(headRef: $head{index}) {{ behindBy }} }}");
        }

        return new GraphQlDocument(Name, text.Append(" } }").ToString());
    }

    private static EnvironmentCommits CommitsOf(
        EnvironmentCommitsData.RepositoryNode repository, IReadOnlyList<CommitSha> commits, IReadOnlyList<PlacedCommit> places)
    {
        var headlines = new Dictionary<CommitSha, string>();
        foreach (var (index, sha) in commits.Index())
        {
            if (Find(repository, Numbered("commit", index), EnvironmentCommitsJson.Default.CommitNode) is { MessageHeadline: { } headline })
            {
                headlines[sha] = Headline.Of(headline);
            }
        }

        var distances = new Dictionary<PlacedCommit, CommitDistance>();
        foreach (var (index, place) in places.Index())
        {
            if (Find(repository, Numbered("place", index), EnvironmentCommitsJson.Default.RefNode) is { Compare.BehindBy: { } behind })
            {
                distances[place] = new CommitDistance(behind);
            }
        }

        return new EnvironmentCommits(repository.DefaultBranchRef?.Target?.Oid, headlines, distances);
    }

    private static T? Find<T>(EnvironmentCommitsData.RepositoryNode repository, string name, JsonTypeInfo<T> type)
        where T : class =>
        repository.Named.TryGetValue(name, out var found) && found.ValueKind == JsonValueKind.Object ? TolerantJson.Read(found, type) : null;

    private static string Numbered(string name, int index) => string.Create(CultureInfo.InvariantCulture, $"{name}{index}");
}
