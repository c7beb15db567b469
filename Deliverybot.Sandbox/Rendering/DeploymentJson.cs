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
