using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Sandbox;

public sealed class AuthenticationTests
{
    [Fact]
    public async Task The_App_names_itself_by_a_JWT_signed_with_its_key()
    {
        await using var github = await SandboxDriver.StartAsync();
        var answer = await github.GetAsync("/app", github.Jwt());
        answer.Status.ShouldBe(200);
        ((string)answer.Body["slug"]!).ShouldBe("deliverybot");
    }

    [Fact]
    public async Task A_JWT_of_another_key_or_of_more_than_ten_minutes_is_refused()
    {
        await using var github = await SandboxDriver.StartAsync();
        using var other = System.Security.Cryptography.RSA.Create(2048);
        (await github.GetAsync("/app", github.Jwt(pem: other.ExportRSAPrivateKeyPem()))).Status.ShouldBe(401);
        var late = await github.GetAsync("/app", github.Jwt(TimeSpan.FromMinutes(11)));
        late.Status.ShouldBe(401);
        ((string)late.Body["message"]!).ShouldContain("too far in the future");
        (await github.GetAsync("/app", github.Jwt(TimeSpan.FromSeconds(-1)))).Status.ShouldBe(401);
    }

    [Fact]
    public async Task An_installation_token_ends_after_an_hour()
    {
        await using var github = await SandboxDriver.StartAsync();
        var token = await github.InstallationTokenAsync();
        (await github.GetAsync(github.Repo, token)).Status.ShouldBe(200);
        github.Time.Advance(TimeSpan.FromMinutes(61));
        var ended = await github.GetAsync(github.Repo, token);
        ended.Status.ShouldBe(401);
        ((string)ended.Body["message"]!).ShouldBe("Bad credentials");
    }

    [Fact]
    public async Task A_token_can_be_narrowed_to_repositories_and_permissions()
    {
        await using var github = await SandboxDriver.StartAsync();
        var other = github.World.CreateRepository(github.Organisation, "other", isPrivate: true);
        var token = await github.InstallationTokenAsync(new { repository_ids = new[] { github.Repository.Id }, permissions = new { contents = "read" } });
        (await github.GetAsync($"{github.Repo}/contents/README.md", token)).Status.ShouldBe(200);
        (await github.PostAsync($"{github.Repo}/deployments", token, new { @ref = "main" })).Status.ShouldBe(403);
        (await github.GetAsync($"/repos/{other.FullName}", token)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task What_the_permissions_of_the_App_do_not_cover_is_403()
    {
        await using var github = await SandboxDriver.StartAsync();
        var answer = await github.PostAsync($"{github.Repo}/merges", await github.InstallationTokenAsync(), new { @base = "main", head = "main" });
        answer.Status.ShouldBe(403);
        ((string)answer.Body["message"]!).ShouldBe("Resource not accessible by integration");
    }

    [Fact]
    public async Task A_suspended_or_removed_installation_gets_nothing()
    {
        await using var github = await SandboxDriver.StartAsync();
        var token = await github.InstallationTokenAsync();
        github.World.Suspend(github.Installation);
        (await github.GetAsync(github.Repo, token)).Status.ShouldBe(403);
        github.World.Uninstall(github.Installation);
        (await github.GetAsync(github.Repo, token)).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_route_that_GitHub_does_not_have_is_remembered()
    {
        await using var github = await SandboxDriver.StartAsync();
        (await github.GetAsync($"{github.Repo}/no-such-thing.json", null)).Status.ShouldBe(404);
        github.Server.Requests.UnknownRoutes.ShouldHaveSingleItem().Path.ShouldEndWith("/no-such-thing.json");
    }
}
