using Deliverybot.Sandbox;
using Deliverybot.Sandbox.Rest;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Contracts.Rest;

/// <summary>Each route of the stand-in GitHub, called as a program would that isn't ours.</summary>
public sealed class SandboxContractTests
{
    [Fact]
    public async Task Each_route_answers_as_GitHub_describes_it()
    {
        await using var recorded = await RecordedGitHub.StartAsync();
        var routes = new RouteCalls(recorded.GitHub.Sandbox);

        await routes.CallAsAppAsync();
        await routes.CallAsUserAsync();
        await routes.CallForRepositoryAsync();
        await routes.CallForCommitsAsync();
        await routes.CallForConversationAsync();
        await routes.CallForDeploymentsAsync();

        await recorded.ShouldKeepTheContractAsync();
        var table = SandboxRoutes.Table(new RateLimits(1, TimeProvider.System)).Routes;
        var answered = recorded.GitHub.Sandbox.Server.Requests.All.Where(request => request.Status < 300).Select(request => $"{request.Method} {request.Route}");
        table.Where(route => route.Prefix == "/api/v3").Select(route => $"{route.Method} {route.Template}").Except(answered).ShouldBeEmpty();
    }

    [Fact]
    public async Task Refusals_are_those_that_GitHub_describes()
    {
        await using var recorded = await RecordedGitHub.StartAsync();

        await new RefusedCalls(recorded.GitHub.Sandbox).CallAllAsync();

        await recorded.ShouldKeepTheContractAsync();
        recorded.GitHub.Sandbox.Server.Requests.All.ShouldAllBe(request => request.Status >= 400 || request.Route.EndsWith("/access_tokens"));
    }
}
