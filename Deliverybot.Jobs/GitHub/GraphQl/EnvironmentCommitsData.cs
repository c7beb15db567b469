using System.Text.Json;
using System.Text.Json.Serialization;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.GitHub.GraphQl;

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

    internal sealed record CommitNode(string? MessageHeadline);

    internal sealed record Comparison(int? BehindBy);
}
