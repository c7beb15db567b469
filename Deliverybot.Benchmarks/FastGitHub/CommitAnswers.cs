using System.Text.Json.Nodes;
using Deliverybot.Benchmarks.GitHubEvents;

namespace Deliverybot.Benchmarks.FastGitHub;

/// <summary>References, commits and their checks. Every branch exists; its head follows from its name.</summary>
internal static class CommitAnswers
{
    public static Answer Reference(LoadRepository repository, string branch) => Answer.Ok(new JsonObject
    {
        ["ref"] = $"refs/heads/{branch}",
        ["name"] = branch,
        ["object"] = new JsonObject { ["type"] = "commit", ["sha"] = Resolve(repository, branch).Value },
        ["commit"] = new JsonObject { ["sha"] = Resolve(repository, branch).Value },
        ["protected"] = false,
    }.ToJsonString());

    public static Answer Commit(LoadRepository repository, string reference) => Answer.Ok(new JsonObject
    {
        ["sha"] = Resolve(repository, reference).Value,
        ["commit"] = new JsonObject
        {
            ["message"] = "Make it better",
            ["author"] = UserPayload.Signature(),
            ["committer"] = UserPayload.Signature(),
        },
        ["author"] = UserPayload.Developer(),
        ["committer"] = UserPayload.Developer(),
        ["parents"] = new JsonArray(),
    }.ToJsonString());

    public static Answer Compare() =>
        Answer.Ok("""{"status":"identical","ahead_by":0,"behind_by":0,"total_commits":0,"commits":[]}""");

    /// <summary>Nothing has reported yet: as a combined status, a list of statuses, check runs or check suites.</summary>
    public static Answer NoChecks(string path, CommitSha sha) => path[(path.LastIndexOf('/') + 1)..] switch
    {
        "statuses" => Answer.EmptyList,
        "status" => Answer.Ok($$"""{"state":"pending","statuses":[],"sha":"{{sha}}","total_count":0}"""),
        "check-runs" => Answer.Ok("""{"total_count":0,"check_runs":[]}"""),
        _ => Answer.Ok("""{"total_count":0,"check_suites":[]}"""),
    };

    public static CommitSha Resolve(LoadRepository repository, string reference)
    {
        if (CommitSha.IsFull(reference))
        {
            return new CommitSha(reference);
        }

        const string heads = "heads/";
        var name = reference.StartsWith("refs/", StringComparison.Ordinal) ? reference["refs/".Length..] : reference;
        return CommitSha.HeadOf(repository.Id, name.StartsWith(heads, StringComparison.Ordinal) ? name[heads.Length..] : name);
    }
}
