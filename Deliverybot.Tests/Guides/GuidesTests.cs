using System.Net;
using Deliverybot.Data.Deploying;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.DeployFile;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Guides;

/// <summary>Each guide of <c>docs/guides</c>, played as it is written: its <c>deploy.yml</c> decides, its workflow carries out.</summary>
public sealed class GuidesTests(House house) : IClassFixture<House>
{
    public static TheoryData<string> Names => [.. Guide.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Both_files_are_sound(string name)
    {
        var guide = new Guide(name);

        DeployFileSamples.Valid(guide.DeployFile).All.ShouldNotBeEmpty();
        guide.Workflows.Count(workflow => workflow.RunsFor("deployment", "created")).ShouldBe(1);
        typeof(GuidesTests).GetMethods().Select(method => method.Name.ToLowerInvariant()).ShouldContain(name.Replace('-', '_'), "each guide is played");
    }

    [Fact]
    public async Task Staging_and_production()
    {
        var play = new GuideDriver(house, "staging-and-production");
        var sha = await play.PushAsync("Tea");
        var waits = play.Guide.Says("Waiting for test (no result yet).");
        await play.ShouldWaitAsync("staging", sha, waits);
        (await PressDeployAsync(play, sha)).Text.ShouldContain(waits);
        play.Shop.Made.ShouldBeEmpty();

        await play.Shop.PassAsync(sha, "test");
        (await play.RunAsync("staging", sha)).ShouldBe(["script/deploy staging"]);
        play.Shop.Made.ShouldBe([$"staging:{sha}"]);
        (await PressDeployAsync(play, sha)).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await play.RunAsync("production", sha)).ShouldBe(["script/deploy production"]);
        await play.ShouldBeLiveAsync("production", sha);

        var bad = await play.PushAsync("Bad tea");
        await play.Shop.PassAsync(bad, "test");
        await play.RunAsync("staging", bad, JobState.Failed);
        await play.ShouldBeLiveAsync("staging", sha);
        play.Guide.End();
    }

    [Fact]
    public async Task Pipelines()
    {
        var play = new GuideDriver(house, "pipelines");
        var sha = await play.PushAsync("Tea");
        await play.Shop.PassAsync(sha, "test");
        await play.ShouldWaitAsync("staging", sha, play.Guide.Says("1a2b3c4 has not succeeded at dev yet.", sha));
        (await play.RunAsync("dev", sha)).ShouldBe(["script/deploy dev", "script/smoke-test dev"]);

        await play.RunAsync("staging", sha, JobState.Failed);
        await play.ShouldWaitAsync("production", sha, play.Guide.Says("1a2b3c4 failed at staging. Deploy it there again.", sha));
        (await PressDeployAsync(play, sha, "staging")).Status.ShouldBe(HttpStatusCode.SeeOther);
        await play.RunAsync("staging", sha);
        await play.RunAsync("production", sha);

        play.Shop.Made.ShouldBe([$"dev:{sha}", $"staging:{sha}", $"staging:{sha}", $"production:{sha}"]);
        await play.ShouldBeLiveAsync("production", sha);
        play.Guide.End();
    }

    [Fact]
    public async Task Promotion()
    {
        var play = new GuideDriver(house, "promotion");
        var sha = await play.PushAsync("Tea");
        await play.RunAsync("staging", sha);
        await play.ShouldWaitAsync("production", sha, play.Guide.Says("Waiting for somebody to promote it."));

        play.Guide.Press("Promote");
        (await play.PressAsync("promote", ("sha", sha))).Status.ShouldBe(HttpStatusCode.SeeOther);

        await play.RunAsync("production", sha);
        await play.ShouldBeLiveAsync("production", sha);
        play.Guide.End();
    }

    [Fact]
    public async Task Previews()
    {
        var play = new GuideDriver(house, "previews");
        var (world, repository) = (play.Shop.World, play.Shop.Repository);
        var sha = await play.PushAsync("Tea", "tea");
        var pull = world.OpenPullRequest(repository, "tea", house.Ada, "Sell tea");
        await play.Shop.SettleAsync();
        (await play.RunAsync("review-1", sha)).ShouldBe(["script/deploy review-1"]);
        var made = world.Read(_ => repository.Deployments[^1]);
        made.Payload["url"]!.GetValue<string>().ShouldBe("https://review-1.example.com");
        (await play.Shop.RowAsync(sha)).EnvironmentUrl.ShouldBe("https://review-1.example.com");
        Comment().ShouldContain($"[{play.Guide.Says("open")}](https://review-1.example.com");

        var newer = await play.PushAsync("More tea", "tea");
        await play.RunAsync("review-1", newer);
        await play.ShouldBeLiveAsync("review-1", newer);

        (await play.CloseAsync(pull)).ShouldBe(["script/remove review-1"]);
        await play.Shop.AwaitAsync("review", newer, DeploymentState.Inactive);
        Comment().Replace("\\#&#8203;", "#", StringComparison.Ordinal).ShouldContain(play.Guide.Says("Pull request #1 was closed."));
        play.Guide.End();

        string Comment() => world.Read(_ => repository.Comments.Last(comment => comment.Author == world.AppBot).Body);
    }

    [Fact]
    public async Task Several_services()
    {
        var play = new GuideDriver(house, "several-services");
        var sha = await play.PushAsync("Tea");
        await play.Shop.PassAsync(sha, "test-api");
        await play.ShouldWaitAsync("web", sha, play.Guide.Says("Waiting for test-web (no result yet)."));
        (await play.RunAsync("api", sha)).ShouldBe(["api/script/deploy"]);
        await play.Shop.PassAsync(sha, "test-web");
        (await play.RunAsync("web", sha)).ShouldBe(["web/script/deploy"]);

        await play.PressAsync("lock", ("environment", "api"), ("reason", "migration"));
        var newer = await play.PushAsync("More tea");
        await play.ShouldWaitAsync("api", newer, play.Guide.Says("api is locked by ada: migration."));
        await play.Shop.PassAsync(newer, "test-web");
        await play.RunAsync("web", newer);
        await play.ShouldBeLiveAsync("api", sha);
        await play.ShouldBeLiveAsync("web", newer);
        play.Guide.End();
    }

    [Fact]
    public async Task Canary()
    {
        var play = new GuideDriver(house, "canary");
        var before = await ReleaseAsync("Tea");
        var sha = await ReleaseAsync("More tea");
        await play.ShouldBeLiveAsync("production", sha);

        play.Guide.Press("Roll back");
        await play.PressAsync("rollback", ("target", "canary"));
        (await play.RunAsync("canary", before)).ShouldBe(["script/deploy --percent 10"]);
        await play.ShouldBeLiveAsync("canary", before);
        play.Guide.End();

        async Task<string> ReleaseAsync(string message)
        {
            var pushed = await play.PushAsync(message);
            await play.Shop.PassAsync(pushed, "test");
            (await play.RunAsync("canary", pushed)).ShouldBe(["script/deploy --percent 10"]);
            await play.ShouldWaitAsync("production", pushed, play.Guide.Says("Waiting for somebody to promote it."));
            play.Guide.Press("Promote");
            await play.PressAsync("promote", ("sha", pushed));
            (await play.RunAsync("production", pushed)).ShouldBe(["script/deploy --percent 100"]);
            return pushed;
        }
    }

    [Fact]
    public async Task Locks()
    {
        var play = new GuideDriver(house, "locks");
        await play.PressAsync(play.Guide.Press("Lock").ToLowerInvariant(), ("environment", "production"), ("reason", "stock-taking"));
        var older = await play.PushAsync("Tea");
        var newer = await play.PushAsync("More tea");
        await play.ShouldWaitAsync("production", newer, play.Guide.Says("production is locked by ada: stock-taking."));

        await play.PressAsync(play.Guide.Press("Unlock").ToLowerInvariant(), ("environment", "production"));
        await play.Shop.EventuallyAsync(newer, DeploymentState.Pending);

        (await play.RunAsync("production", newer)).ShouldBe(["script/deploy production"]);
        play.Shop.Made.ShouldBe([$"production:{newer}"]);
        await play.Shop.EventuallyAsync(older, DeploymentState.Superseded);
        play.Guide.End();
    }

    [Fact]
    public async Task Rollback()
    {
        var play = new GuideDriver(house, "rollback");
        var first = await play.PushAsync("Tea");
        await play.RunAsync("production", first);
        var second = await play.PushAsync("Bad tea");
        await play.RunAsync("production", second);

        play.Guide.Press("Roll back");
        (await play.PressAsync("rollback", ("target", "production"), ("ask", "true"))).Text.ShouldContain(play.Guide.Says("production goes back to 1a2b3c4.", first));
        await play.PressAsync("rollback", ("target", "production"));
        (await play.RunAsync("production", first)).ShouldBe(["script/deploy production"]);
        await play.ShouldBeLiveAsync("production", first);

        var third = await play.PushAsync("Good tea");
        await play.ShouldWaitAsync("production", third, play.Guide.Says("production is held since ada rolled it back."));
        await play.PressAsync(play.Guide.Press("Unlock").ToLowerInvariant(), ("environment", "production"));
        await play.Shop.EventuallyAsync(third, DeploymentState.Pending);
        await play.RunAsync("production", third);
        await play.ShouldBeLiveAsync("production", third);
        play.Guide.End();
    }

    private static Task<(HttpStatusCode Status, string Text)> PressDeployAsync(GuideDriver play, string sha, string target = "production")
    {
        play.Guide.Press("Deploy");
        return play.PressAsync("deploy", ("target", target), ("sha", sha), ("ref", "main"));
    }
}
