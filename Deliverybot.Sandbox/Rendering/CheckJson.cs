using System.Text.Json.Nodes;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Rendering;

/// <summary>The <c>check-run</c> and <c>check-suite</c> shapes.</summary>
internal static class CheckJson
{
    private const string NoSha = "0000000000000000000000000000000000000000";

    public static JsonObject Run(GitHubWorld world, Repository repository, CheckRun run, bool withSuite = false)
    {
        var api = RepositoryJson.ApiUrl(world.Urls, repository);
        var url = $"{api}/check-runs/{run.Id}";
        return new JsonObject
        {
            ["id"] = run.Id,
            ["node_id"] = NodeId.Of("CheckRun", run.Id),
            ["name"] = run.Name,
            ["head_sha"] = run.Sha,
            ["external_id"] = "",
            ["url"] = url,
            ["html_url"] = DetailsUrl(world, repository, run),
            ["details_url"] = DetailsUrl(world, repository, run),
            ["status"] = run.Status,
            ["conclusion"] = run.Conclusion,
            ["started_at"] = run.StartedAt.Iso(),
            ["completed_at"] = run.CompletedAt.Iso(),
            ["output"] = new JsonObject
            {
                ["title"] = null,
                ["summary"] = null,
                ["text"] = null,
                ["annotations_count"] = 0,
                ["annotations_url"] = url + "/annotations",
            },
            ["check_suite"] = withSuite ? Suite(world, repository, run.Suite) : new JsonObject { ["id"] = run.Suite.Id },
            ["app"] = AppJson.Of(world, run.Suite.App),
            ["pull_requests"] = Pulls(world, repository, run.Sha),
        };
    }

    /// <summary>As a check run carries it.</summary>
    public static JsonObject Suite(GitHubWorld world, Repository repository, CheckSuite suite)
    {
        var url = $"{RepositoryJson.ApiUrl(world.Urls, repository)}/check-suites/{suite.Id}";
        var commit = repository.Objects.Get(suite.Sha);
        return new JsonObject
        {
            ["id"] = suite.Id,
            ["node_id"] = NodeId.Of("CheckSuite", suite.Id),
            ["head_branch"] = suite.Branch,
            ["head_sha"] = suite.Sha,
            ["status"] = suite.Status,
            ["conclusion"] = suite.Conclusion,
            ["url"] = url,
            ["before"] = commit.Parents.IsEmpty ? NoSha : commit.Parents[0],
            ["after"] = suite.Sha,
            ["pull_requests"] = Pulls(world, repository, suite.Sha),
            ["app"] = AppJson.Of(world, suite.App),
            ["created_at"] = suite.CreatedAt.Iso(),
            ["updated_at"] = suite.UpdatedAt.Iso(),
        };
    }

    /// <summary>As its own event carries it.</summary>
    public static JsonObject FullSuite(GitHubWorld world, Repository repository, CheckSuite suite)
    {
        var json = Suite(world, repository, suite);
        var commit = repository.Objects.Get(suite.Sha);
        json["latest_check_runs_count"] = suite.Runs.Count;
        json["check_runs_url"] = $"{(string?)json["url"]}/check-runs";
        json["rerequestable"] = true;
        json["runs_rerequestable"] = true;
        json["head_commit"] = new JsonObject
        {
            ["id"] = commit.Sha,
            ["tree_id"] = commit.TreeSha,
            ["message"] = commit.Message,
            ["timestamp"] = commit.Date.Iso(),
            ["author"] = new JsonObject { ["name"] = commit.Author.Name, ["email"] = commit.Author.Email },
            ["committer"] = new JsonObject { ["name"] = commit.Author.Name, ["email"] = commit.Author.Email },
        };
        return json;
    }

    public static JsonObject SuiteOfList(GitHubWorld world, Repository repository, CheckSuite suite)
    {
        var json = FullSuite(world, repository, suite);
        json["repository"] = RepositoryJson.Of(world, repository);
        return json;
    }

    public static string DetailsUrl(GitHubWorld world, Repository repository, CheckRun run) =>
        $"{RepositoryJson.HtmlUrl(world.Urls, repository)}/actions/runs/{run.Suite.Id}/job/{run.Id}";

    private static JsonArray Pulls(GitHubWorld world, Repository repository, string sha) => repository.Pulls
        .Where(pull => pull.Open && pull.HeadSha == sha && pull.HeadRepository == repository)
        .ToJson(pull => new JsonObject
        {
            ["id"] = pull.Id,
            ["number"] = pull.Number,
            ["url"] = $"{RepositoryJson.ApiUrl(world.Urls, repository)}/pulls/{pull.Number}",
            ["head"] = Side(world, pull.HeadRepository, pull.HeadBranch, pull.HeadSha),
            ["base"] = Side(world, repository, pull.BaseBranch, pull.BaseSha),
        });

    private static JsonObject Side(GitHubWorld world, Repository repository, string branch, string sha) => new()
    {
        ["ref"] = branch,
        ["sha"] = sha,
        ["repo"] = new JsonObject
        {
            ["id"] = repository.Id,
            ["name"] = repository.Name,
            ["url"] = RepositoryJson.ApiUrl(world.Urls, repository),
        },
    };
}
