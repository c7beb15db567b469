using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;
using Deployment = Deliverybot.Data.Deploying.Deployment;

namespace Deliverybot.Tests.Site;

/// <summary>Home names a repository's environments in the order of its board.</summary>
public sealed class HomeOrderTests(House house) : IClassFixture<House>
{
    [Fact]
    public async Task A_deployment_made_at_GitHub_takes_nothing_out_of_the_pipeline() =>
        (await OrderAsync(
            id => Of(id, "production", "staging"), id => Of(id, "staging", "dev"), id => Of(id, "dev"), id => MadeElsewhere(id, "staging"), id => MadeElsewhere(id, "production")))
        .ShouldBe(["dev", "staging", "production"]);

    [Fact]
    public async Task What_stands_alone_comes_after_the_pipeline() =>
        (await OrderAsync(id => Of(id, "boss"), id => Of(id, "soaked", "production"), id => Of(id, "production"))).ShouldBe(["production", "soaked", "boss"]);

    private async Task<IEnumerable<string>> OrderAsync(params Func<RepositoryId, Deployment>[] rows)
    {
        var repository = house.CreateRepository();
        var id = await house.KnownAsync(repository);
        foreach (var row in rows)
        {
            await house.WriteAsync(row(id));
        }

        using var ada = await house.SignInAsync("ada");
        var home = await ada.OpenAsync($"/?find={repository.Name}");
        return home.QuerySelector($"#repository-{repository.Id}")!.QuerySelectorAll(".place .place-name bdi").Select(name => name.TextContent).ToList();
    }

    private static Deployment Of(RepositoryId id, string environment, params string[] after)
    {
        var row = PageRows.Deployment(id, new string('a', 40), environment, at: DateTimeOffset.UtcNow);
        row.TargetDefinition = TargetJson.Write(new Target { Name = row.Target, After = [.. after.Select(name => new TargetName(name))] });
        return row;
    }

    private static Deployment MadeElsewhere(RepositoryId id, string environment) => new()
    {
        RepositoryId = id,
        Target = new TargetName(""),
        Environment = new EnvironmentName(environment),
        Sha = CommitSha.Parse(new string('b', 40)),
        Task = "deploy",
        Origin = DeploymentOrigin.Event(DeploymentCause.External),
        RequestedBy = Somebody.Called("grace"),
        State = DeploymentState.Success,
        SucceededAt = DateTimeOffset.UtcNow,
        CreatedAt = DateTimeOffset.UtcNow,
        UpdatedAt = DateTimeOffset.UtcNow,
    };
}
