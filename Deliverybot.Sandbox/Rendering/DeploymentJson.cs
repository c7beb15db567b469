using System.Text.Json.Nodes;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Rendering;

/// <summary>The <c>deployment</c> and <c>deployment-status</c> shapes.</summary>
internal static class DeploymentJson
{
    public static JsonObject Of(GitHubWorld world, Repository repository, Deployment deployment)
    {
        var api = RepositoryJson.ApiUrl(world.Urls, repository);
        return new JsonObject
        {
            ["url"] = $"{api}/deployments/{deployment.Id}",
            ["id"] = deployment.Id,
            ["node_id"] = NodeId.Of("Deployment", deployment.Id),
            ["task"] = deployment.Task,
            ["original_environment"] = deployment.OriginalEnvironment,
            ["environment"] = deployment.Environment,
            ["description"] = deployment.Description,
            ["created_at"] = deployment.CreatedAt.Iso(),
            ["updated_at"] = deployment.UpdatedAt.Iso(),
            ["statuses_url"] = $"{api}/deployments/{deployment.Id}/statuses",
            ["repository_url"] = api,
            ["creator"] = AccountJson.Simple(world.Urls, deployment.Creator),
            ["sha"] = deployment.Sha,
            ["ref"] = deployment.Ref,
            ["payload"] = deployment.Payload.DeepClone(),
            ["transient_environment"] = deployment.Transient,
            ["production_environment"] = deployment.Production,
            ["performed_via_github_app"] = ViaApp(world, deployment.ByApp, deployment.Creator),
        };
    }

    /// <summary>The run whose job filed the deployment, as far as it is known here; null where no job did.</summary>
    public static JsonObject? Run(GitHubWorld world, Repository repository, Deployment deployment) => deployment.RunsFor is not { } runsFor ? null : new JsonObject
    {
        ["id"] = deployment.Id,
        ["node_id"] = NodeId.Of("WorkflowRun", deployment.Id),
        ["name"] = "Deploy",
        ["display_title"] = "Deploy",
        ["path"] = ".github/workflows/deploy.yml",
        ["workflow_id"] = repository.Id,
        ["run_number"] = 1,
        ["run_attempt"] = 1,
        ["event"] = runsFor,
        ["status"] = "in_progress",
        ["conclusion"] = null,
        ["head_branch"] = deployment.Ref,
        ["head_sha"] = deployment.Sha,
        ["pull_requests"] = new JsonArray(),
        ["check_suite_id"] = deployment.Id,
        ["check_suite_node_id"] = NodeId.Of("CheckSuite", deployment.Id),
        ["actor"] = AccountJson.Simple(world.Urls, deployment.Creator),
        ["triggering_actor"] = AccountJson.Simple(world.Urls, deployment.Creator),
        ["url"] = $"{RepositoryJson.ApiUrl(world.Urls, repository)}/actions/runs/{deployment.Id}",
        ["html_url"] = $"{RepositoryJson.HtmlUrl(world.Urls, repository)}/actions/runs/{deployment.Id}",
        ["run_started_at"] = deployment.CreatedAt.Iso(),
        ["created_at"] = deployment.CreatedAt.Iso(),
        ["updated_at"] = deployment.UpdatedAt.Iso(),
    };

    public static JsonObject Status(GitHubWorld world, Repository repository, Deployment deployment, DeploymentStatus status)
    {
        var api = RepositoryJson.ApiUrl(world.Urls, repository);
        return new JsonObject
        {
            ["url"] = $"{api}/deployments/{deployment.Id}/statuses/{status.Id}",
            ["id"] = status.Id,
            ["node_id"] = NodeId.Of("DeploymentStatus", status.Id),
            ["state"] = status.State,
            ["creator"] = AccountJson.Simple(world.Urls, status.Creator),
            ["description"] = status.Description,
            ["environment"] = status.Environment,
            ["target_url"] = status.LogUrl,
            ["created_at"] = status.CreatedAt.Iso(),
            ["updated_at"] = status.CreatedAt.Iso(),
            ["deployment_url"] = $"{api}/deployments/{deployment.Id}",
            ["repository_url"] = api,
            ["environment_url"] = status.EnvironmentUrl,
            ["log_url"] = status.LogUrl,
            ["performed_via_github_app"] = ViaApp(world, status.ByApp, status.Creator),
        };
    }

    private static JsonObject? ViaApp(GitHubWorld world, bool byApp, Account creator) =>
        byApp ? AppJson.Of(world)
        : creator == world.ActionsBot ? AppJson.Of(world, CheckApp.GitHubActions)
        : null;
}
