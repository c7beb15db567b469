using Deliverybot.Data.Names;
using Shouldly;
using Xunit;
using static Deliverybot.Tests.Jobs.GitHub.GitHubDriver;
using static Deliverybot.Tests.Jobs.GitHub.ScriptedGitHub;

namespace Deliverybot.Tests.Jobs.GitHub;

public sealed class InstallationsTests
{
    private const string Some =
        """[{"id":1,"account":{"login":"acme","id":7}},{"id":2,"account":null},{"id":3,"account":{"slug":"concern","id":8,"name":"Concern"}}]""";

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Installations_without_an_owner_of_repositories_are_left_out()
    {
        await using var driver = await StartAsync();
        driver.GitHub.On("GET /api/v3/app/installations", Json(200, Some));
        driver.GitHub.On("GET /api/v3/user/installations", Json(200, $$"""{"total_count":3,"installations":{{Some}}}"""));

        (await driver.Clients.App.ListInstallationsAsync(Ended).SingleAsync(Ended)).Id.ShouldBe(new InstallationId(1));
        (await driver.User.ListInstallationsAsync(Ended).SingleAsync(Ended)).Account.Login.ShouldBe(new GitHubLogin("acme"));
    }
}
