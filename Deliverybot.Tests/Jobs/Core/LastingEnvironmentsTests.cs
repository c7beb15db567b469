using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Upkeep;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Core;

public sealed class LastingEnvironmentsTests(House house) : IClassFixture<House>
{
    private const string DeployFile =
        """
        production:
          auto_deploy_on: refs/heads/main
        checked:
          environment: staging
          auto_deploy_on: refs/heads/main
          required_contexts: [ci]
        """;

    [Fact]
    public async Task Very_many_repositories_are_read_in_halves_and_none_is_lost_or_told_twice()
    {
        var shops = new List<ActDriver>();
        foreach (var number in Enumerable.Range(1, 3))
        {
            var acts = new ActDriver(house, DeployFile);
            await acts.GoLiveAsync($"Tea {number}");
            shops.Add(acts);
        }

        List<RepositoryId> few = [.. shops.Select(shop => shop.Id)];
        // In each half are some that there are, among others of which nothing is known.
        List<RepositoryId> many = [few[0], .. Enumerable.Range(1, 400).Select(number => new RepositoryId(9_000_000 + number)), few[1], few[2]];

        (await ToldAsync(many)).ShouldBe(await ToldAsync(few), ignoreOrder: true);
        (await ToldAsync(few)).Count.ShouldBe(6);
    }

    private async Task<IReadOnlyList<string>> ToldAsync(IReadOnlyCollection<RepositoryId> repositories)
    {
        IReadOnlyList<LastingEnvironment> found = [];
        await house.RunAsync<LastingEnvironments>(async (environments, stop) =>
            found = await environments.ReadAsync(await environments.SurveyAsync(repositories, stop), repositories.ToHashSet(), stop));
        return [.. found.Select(environment => $"{environment.Repository} {environment.Environment} {environment.Live?.Sha} {string.Join(' ', environment.Coming.Select(row => row.Id))}")];
    }
}
