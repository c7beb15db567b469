using System.Text.Json.Nodes;
using Deliverybot.Sandbox.Rendering;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Rest.Deployments;

/// <summary>https://docs.github.com/en/rest/deployments/deployments and statuses</summary>
internal static class DeploymentRoutes
{
    private const int LongestDescription = 140;
    private const string Docs = "https://docs.github.com/rest/deployments/deployments#create-a-deployment";
    private static readonly string[] States = ["error", "failure", "inactive", "in_progress", "queued", "pending", "success"];

    public static void Map(RouteTable routes)
    {
        routes.Get("/repos/{owner}/{repo}/deployments", Access.Read("deployments"), List);
        routes.Post("/repos/{owner}/{repo}/deployments", Access.Write("deployments"), Create);
        routes.Get("/repos/{owner}/{repo}/deployments/{deployment_id}", Access.Read("deployments"), One);
        routes.Delete("/repos/{owner}/{repo}/deployments/{deployment_id}", Access.Write("deployments"), Delete);
        routes.Get("/repos/{owner}/{repo}/deployments/{deployment_id}/statuses", Access.Read("deployments"), ListStatuses);
        routes.Get("/repos/{owner}/{repo}/deployments/{deployment_id}/statuses/{status_id}", Access.Read("deployments"), OneStatus);
        routes.Post("/repos/{owner}/{repo}/deployments/{deployment_id}/statuses", Access.Write("deployments"), CreateStatus);
    }

    private static RestAnswer List(RestCall call)
    {
        var (sha, reference, task, environment) = (call.Query("sha"), call.Query("ref"), call.Query("task"), call.Query("environment"));
        var chosen = call.Repository.DeploymentList
            .Where(item => sha is null or "none" || item.Sha == sha)
            .Where(item => reference is null or "none" || item.Ref == reference)
            .Where(item => task is null or "none" || item.Task == task)
            .Where(item => environment is null or "none" || string.Equals(item.Environment, environment, StringComparison.OrdinalIgnoreCase))
            .Reverse()
            .ToList();
        return call.List(chosen, item => DeploymentJson.Of(call.World, call.Repository, item));
    }

    private static RestAnswer One(RestCall call) => RestAnswer.Ok(DeploymentJson.Of(call.World, call.Repository, Find(call)));

    private static RestAnswer Create(RestCall call) => call.World.RequestDeployment(call.Repository, Request(call), call.Actor) switch
    {
        DeploymentOutcome.Created created => RestAnswer.Created(DeploymentJson.Of(call.World, call.Repository, created.Deployment)),
        DeploymentOutcome.AutoMerged merged => new RestAnswer(202, new JsonObject
        {
            ["message"] = $"Auto-merged {merged.DefaultBranch} into {merged.Ref} on deployment.",
        }),
        DeploymentOutcome.MergeConflict conflict => Refused($"Conflict merging {conflict.DefaultBranch} into {conflict.Ref}"),
        DeploymentOutcome.NoSuchRef missing => throw RestRefusal.Of(422, $"No ref found for: {missing.Ref}"),
        DeploymentOutcome.ChecksUnmet unmet => Refused($"Conflict: Commit status checks failed for {unmet.Ref}.", new JsonObject
        {
            ["contexts"] = unmet.Contexts.ToJson(item => new JsonObject { ["context"] = item.Context, ["state"] = item.State }),
            ["resource"] = "Deployment",
            ["field"] = "required_contexts",
            ["code"] = "invalid",
        }),
        _ => throw new InvalidOperationException("unknown outcome"),
    };

    private static RestAnswer Refused(string message, JsonObject? error = null)
    {
        var body = new JsonObject { ["message"] = message, ["documentation_url"] = Docs, ["status"] = "409" };
        if (error is not null)
        {
            body["errors"] = new JsonArray(error);
        }

        return new RestAnswer(409, body);
    }

    private static DeploymentRequest Request(RestCall call)
    {
        var description = call.Text("description");
        if (description is { Length: > LongestDescription })
        {
            throw RestRefusal.Invalid("Deployment", "description", "custom", "description is too long (maximum is 140 characters)");
        }

        var contexts = call.Body["required_contexts"];
        if (contexts is not (null or JsonArray))
        {
            throw RestRefusal.Invalid("Deployment", "required_contexts", "invalid");
        }

        return new DeploymentRequest
        {
            Ref = call.Required("Deployment", "ref"),
            Task = call.Text("task") is { Length: > 0 } task ? task : "deploy",
            AutoMerge = call.Flag("auto_merge") ?? true,
            RequiredContexts = (contexts as JsonArray)?.Select(context => (string)context!).ToList(),
            Payload = call.Body["payload"]?.DeepClone(),
            Environment = call.Text("environment") is { Length: > 0 } environment ? environment : "production",
            Description = description,
            Transient = call.Flag("transient_environment") ?? false,
            Production = call.Flag("production_environment"),
        };
    }

    private static RestAnswer Delete(RestCall call)
    {
        var deployment = Find(call);
        if (deployment.State is not ("inactive" or null) && call.Repository.DeploymentList.Count > 1)
        {
            throw RestRefusal.Of(422, "We cannot delete an active deployment unless it is the only deployment in a given environment.");
        }

        call.Repository.DeploymentList.Remove(deployment);
        return RestAnswer.NoContent;
    }

    private static RestAnswer ListStatuses(RestCall call)
    {
        var deployment = Find(call);
        return call.List(deployment.StatusList.AsEnumerable().Reverse().ToList(), status => DeploymentJson.Status(call.World, call.Repository, deployment, status));
    }

    private static RestAnswer OneStatus(RestCall call)
    {
        var deployment = Find(call);
        var id = call.RouteId("status_id");
        var status = deployment.StatusList.FirstOrDefault(item => item.Id == id) ?? throw RestRefusal.NotFound();
        return RestAnswer.Ok(DeploymentJson.Status(call.World, call.Repository, deployment, status));
    }

    private static RestAnswer CreateStatus(RestCall call)
    {
        var deployment = Find(call);
        var state = call.Required("DeploymentStatus", "state");
        if (!States.Contains(state))
        {
            throw RestRefusal.Invalid("DeploymentStatus", "state", "invalid");
        }

        if (call.Text("description") is { Length: > LongestDescription })
        {
            throw RestRefusal.Invalid("DeploymentStatus", "description", "custom", "description is too long (maximum is 140 characters)");
        }

        var status = call.World.SetDeploymentStatus(
            call.Repository,
            deployment,
            state,
            call.Actor,
            call.Text("description") ?? "",
            call.Text("log_url") ?? call.Text("target_url") ?? "",
            call.Text("environment_url") ?? "",
            call.Flag("auto_inactive") ?? true,
            byApp: true,
            call.Text("environment"));
        return RestAnswer.Created(DeploymentJson.Status(call.World, call.Repository, deployment, status));
    }

    private static Deployment Find(RestCall call)
    {
        var id = call.RouteId("deployment_id");
        return call.Repository.DeploymentList.FirstOrDefault(item => item.Id == id) ?? throw RestRefusal.NotFound();
    }
}
