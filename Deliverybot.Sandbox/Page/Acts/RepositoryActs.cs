using Microsoft.AspNetCore.Mvc;

namespace Deliverybot.Sandbox.Page.Acts;

/// <summary>Finishing checks and deployments, sending a webhook again.</summary>
internal static class RepositoryActs
{
    public static void Map(RouteGroupBuilder acts, Stage stage)
    {
        acts.MapPost("/check", ([FromForm] string repository, [FromForm] long run, [FromForm] string conclusion) =>
            stage.In(repository, (world, found) =>
            {
                if (found.CheckRuns.FirstOrDefault(candidate => candidate.Id == run) is not { } check)
                {
                    return stage.Missing(found, $"There is no check run {run}.");
                }

                world.FinishCheck(found, check, conclusion);
                return null;
            }));

        acts.MapPost("/deployment", ([FromForm] string repository, [FromForm] long deployment, [FromForm] string state) =>
            stage.In(repository, (world, found) =>
            {
                if (found.Deployments.FirstOrDefault(candidate => candidate.Id == deployment) is not { } wanted)
                {
                    return stage.Missing(found, $"There is no deployment {deployment}.");
                }

                world.SetDeploymentStatus(found, wanted, state);
                return null;
            }));

        acts.MapPost("/review", ([FromForm] string repository, [FromForm] long deployment, [FromForm] bool approved) =>
            stage.In(repository, (_, found) =>
                found.Deployments.FirstOrDefault(candidate => candidate.Id == deployment) is { } wanted && stage.Server.Runner.Review(wanted, approved)
                    ? null
                    : stage.Missing(found, $"No deployment {deployment} waits for a review.")));

        acts.MapPost("/redeliver", ([FromForm] long delivery) =>
        {
            var webhooks = stage.Server.World.Webhooks;
            if (webhooks.Deliveries.FirstOrDefault(candidate => candidate.Id == delivery) is not { } found)
            {
                return stage.Missing($"There is no delivery {delivery}.", "/_/deliveries");
            }

            webhooks.Redeliver(found);
            return Results.Redirect("/_/deliveries");
        });
    }
}
