using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Reading;
using Deliverybot.Jobs.GitHub.Transport;

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
        GitHubTransport transport,
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

        var document = DocumentFor(commits.Count, places.Count);
        var data = await document.SendAsync(transport, variables, EnvironmentCommitsJson.Default.EnvironmentCommitsData, cancellationToken);
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
            text.Append(CultureInfo.InvariantCulture, $" commit{index}: object(oid: $sha{index}) {{ ... on Commit {{ messageHeadline author {{ name user {{ login }} }} }} }}");
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
        var told = new Dictionary<CommitSha, CommitWords>();
        foreach (var (index, sha) in commits.Index())
        {
            if (Find(repository, Numbered("commit", index), EnvironmentCommitsJson.Default.CommitNode) is { MessageHeadline: { } headline } found)
            {
                told[sha] = CommitWords.Of(headline, found.Author?.User?.Login ?? found.Author?.Name);
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

        return new EnvironmentCommits(repository.DefaultBranchRef?.Target?.Oid, told, distances);
    }

    private static T? Find<T>(EnvironmentCommitsData.RepositoryNode repository, string name, JsonTypeInfo<T> type)
        where T : class =>
        repository.Named.TryGetValue(name, out var found) && found.ValueKind == JsonValueKind.Object ? TolerantJson.Read(found, type) : null;

    private static string Numbered(string name, int index) => string.Create(CultureInfo.InvariantCulture, $"{name}{index}");
}

/// <summary>What GitHub knows of the commits that environments run or wait for.</summary>
/// <param name="Head">The head of the default branch; null in an empty repository.</param>
/// <param name="Told">What they say and who made them, where GitHub still has them.</param>
/// <param name="Distances">Where the branch is still there and has something in common with the commit.</param>
internal sealed record EnvironmentCommits(
    CommitSha? Head,
    IReadOnlyDictionary<CommitSha, CommitWords> Told,
    IReadOnlyDictionary<PlacedCommit, CommitDistance> Distances)
{
    public static EnvironmentCommits None { get; } = new(null, new Dictionary<CommitSha, CommitWords>(), new Dictionary<PlacedCommit, CommitDistance>());
}

/// <summary>The first line of a commit's message, and who made it: by their account, else by the name that they wrote.</summary>
internal sealed record CommitWords(string Headline, string Author)
{
    public static CommitWords Of(string headline, string? author) => new(
        headline.Length == 0 ? "No message" : CommitHeadline.Of(headline),
        string.IsNullOrEmpty(author) ? "somebody" : author);
}

/// <summary>A commit, and the branch it is measured against.</summary>
internal sealed record PlacedCommit(GitRef Branch, CommitSha Sha);

/// <summary>How far a commit is from the head of a branch.</summary>
/// <param name="Behind">How many commits the branch has that it lacks.</param>
internal sealed record CommitDistance(int Behind);

/// <summary>The answer to the query that <see cref="EnvironmentCommitsQuery"/> composes.</summary>
internal sealed record EnvironmentCommitsData(EnvironmentCommitsData.RepositoryNode? Repository)
{
    internal sealed record RepositoryNode(RefNode? DefaultBranchRef)
    {
        /// <summary>The commits and branches, under the names that the query gave them. (The serializer fills it later than what is set once.)</summary>
        [JsonExtensionData]
        public Dictionary<string, JsonElement> Named { get; set; } = [];
    }

    internal sealed record RefNode(TargetNode? Target, Comparison? Compare);

    internal sealed record TargetNode(CommitSha Oid);

    internal sealed record CommitNode(string? MessageHeadline, AuthorNode? Author);

    internal sealed record AuthorNode(string? Name, UserNode? User);

    internal sealed record UserNode(string? Login);

    internal sealed record Comparison(int? BehindBy);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(NameConverters.Commit)])]
[JsonSerializable(typeof(EnvironmentCommitsData))]
[JsonSerializable(typeof(EnvironmentCommitsData.RefNode))]
[JsonSerializable(typeof(EnvironmentCommitsData.CommitNode))]
internal sealed partial class EnvironmentCommitsJson : JsonSerializerContext;
