using Deliverybot.Data.Deploying;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

/// <summary>The icon in the browser's tab tells how things stand, on each page that knows it anyway.</summary>
public sealed class PageIconTests(House house) : IClassFixture<House>
{
    [Theory]
    [InlineData("/img/favicon-live.svg", DeploymentState.Failure, DeploymentState.Success)]
    [InlineData("/img/favicon-busy.svg", DeploymentState.Failure, DeploymentState.InProgress)]
    [InlineData("/img/favicon-failing.svg", DeploymentState.Success, DeploymentState.Failure)]
    [InlineData("/img/favicon-failing.svg", DeploymentState.Failure, DeploymentState.Denied)]
    [InlineData("/img/favicon-live.svg", DeploymentState.Success, DeploymentState.Denied)]
    [InlineData("/favicon.svg", DeploymentState.Superseded, DeploymentState.Waiting)]
    public async Task Of_an_environment_the_newest_deployment_counts(string icon, DeploymentState first, DeploymentState then)
    {
        var repository = house.CreateRepository();
        var id = await house.KnownAsync(repository);
        var sha = house.World.Push(repository, "main", house.Ada, "Sell tea");
        await house.WriteAsync(PageRows.Deployment(id, repository.Branches["main"], state: first));
        await house.WriteAsync(PageRows.Deployment(id, house.World.Push(repository, "main", house.Ada, "Sell coffee"), state: then, at: DateTimeOffset.UtcNow));
        await house.WriteAsync(PageRows.Deployment(id, sha, environment: "pr-1", state: DeploymentState.Failure, transient: true));
        using var rita = await house.SignInAsync("rita");

        house.World.Push(repository, "feature", house.Ada, "Sell cocoa");

        (await IconAsync(rita, $"/{repository.FullName}")).ShouldBe(icon);
        (await IconAsync(rita, $"/{repository.FullName}/branch/feature")).ShouldBe("/favicon.svg");
        (await IconAsync(rita, $"/{repository.FullName}/deployments")).ShouldBe(icon);
        (await IconAsync(rita, $"/{repository.FullName}/deployments?state=failed")).ShouldBe("/favicon.svg");
    }

    [Fact]
    public async Task The_pages_of_a_deployment_and_of_its_commit_tell_of_it()
    {
        var repository = house.CreateRepository();
        var id = await house.KnownAsync(repository);
        var row = PageRows.Deployment(id, repository.Branches["main"], state: DeploymentState.InProgress);
        await house.WriteAsync(row);
        var number = await house.ReadAsync(db => db.Deployments.Where(made => made.RepositoryId == id).Select(made => made.Id).SingleAsync());
        using var rita = await house.SignInAsync("rita");

        (await IconAsync(rita, $"/{repository.FullName}/deployments/{number}")).ShouldBe("/img/favicon-busy.svg");
        (await IconAsync(rita, $"/{repository.FullName}/commit/{row.Sha}")).ShouldBe("/img/favicon-busy.svg");
        (await IconAsync(rita, $"/{repository.FullName}/config")).ShouldBe("/favicon.svg");
    }

    private static async Task<string?> IconAsync(HttpClient visitor, string path) =>
        (await visitor.OpenAsync(path)).QuerySelector("link[rel=icon]")!.GetAttribute("href");
}
