using System.Collections.Concurrent;
using Deliverybot.Sandbox.Page.Views;
using Deliverybot.Sandbox.Runner;
using Deliverybot.Sandbox.World;
using Microsoft.AspNetCore.Mvc;

namespace Deliverybot.Sandbox.Page.Acts;

/// <summary>What a person has chosen: whether checks end by themselves, and how deployments end.</summary>
internal sealed class Conduct(SandboxServer server)
{
    private static readonly TimeSpan CheckDuration = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<long, RunnerMode> endings = new();

    public void Map(RouteGroupBuilder acts, Stage stage)
    {
        acts.MapPost("/checks", ([FromForm] string repository, [FromForm] bool byHand) =>
            stage.In(repository, (_, _) =>
            {
                server.Checks.Duration = byHand ? null : CheckDuration;
                return null;
            }));

        acts.MapPost("/ending", ([FromForm] string repository, [FromForm] RunnerMode ending) =>
            stage.In(repository, (_, found) =>
            {
                endings[found.Id] = ending;
                server.Runner.Add(new RunnerRule(ending, found.FullName));
                return null;
            }));
    }

    public ConductView Of(Repository repository) =>
        new(server.Checks.Duration is null, endings.GetValueOrDefault(repository.Id, RunnerMode.Succeed));
}
