using Microsoft.AspNetCore.Mvc;

namespace Deliverybot.Sandbox.Page.Acts;

/// <summary>Pushing, finishing checks and deployments, sending a webhook again.</summary>
internal static class RepositoryActs
{
    public static void Map(RouteGroupBuilder acts, SandboxServer server)
    {
        acts.MapPost("/push", ([FromForm] string repository, [FromForm] string branch, [FromForm] string message, [FromForm] string login) =>
            Act.ByWriter(server, repository, login, (world, found, author) =>
            {
                world.Push(found, branch.Trim(), author, message);
                return null;
            }));

        acts.MapPost("/check", ([FromForm] string repository, [FromForm] long run, [FromForm] string conclusion) =>
            Act.In(server, repository, (world, found) =>
            {
                if (found.CheckRuns.FirstOrDefault(candidate => candidate.Id == run) is not { } check)
                {
                    return Results.NotFound($"There is no check run {run}.");
                }

                world.FinishCheck(found, check, conclusion);
                return null;
            }));

        acts.MapPost("/deployment", ([FromForm] string repository, [FromForm] long deployment, [FromForm] string state) =>
            Act.In(server, repository, (world, found) =>
            {
                if (found.Deployments.FirstOrDefault(candidate => candidate.Id == deployment) is not { } wanted)
                {
                    return Results.NotFound($"There is no deployment {deployment}.");
                }

                world.SetDeploymentStatus(found, wanted, state);
                return null;
            }));

        acts.MapPost("/review", ([FromForm] string repository, [FromForm] long deployment, [FromForm] bool approved) =>
            Act.In(server, repository, (_, found) =>
                found.Deployments.FirstOrDefault(candidate => candidate.Id == deployment) is { } wanted && server.Runner.Review(wanted, approved)
                    ? null
                    : Results.NotFound($"No deployment {deployment} waits for a review.")));

        acts.MapPost("/redeliver", ([FromForm] long delivery) =>
        {
            if (server.World.Webhooks.Deliveries.FirstOrDefault(candidate => candidate.Id == delivery) is not { } found)
            {
                return Results.NotFound($"There is no delivery {delivery}.");
            }

            server.World.Webhooks.Redeliver(found);
            return Results.Redirect("/_/deliveries");
        });
    }
}
