using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Events.Deliveries;
using Deliverybot.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Events.Deliveries;

/// <summary>Of those who ask at once, each gets their own answer.</summary>
public sealed class AwaitedCommitsTests(House house) : IClassFixture<House>
{
    private const string Checked = "production:\n  auto_deploy_on: refs/heads/main\n  required_contexts: [ci]\n";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private AwaitedCommits Awaited => house.Services.GetRequiredService<AwaitedCommits>();

    [Fact]
    public async Task Each_of_many_gets_their_own_answer()
    {
        var shop = new RepositoryDriver(house, Checked);
        var waiting = shop.Push("Sell tea");
        await shop.EventuallyAsync(waiting, DeploymentState.Waiting);
        var (here, elsewhere) = (new RepositoryId(shop.Repository.Id), new RepositoryId(shop.Repository.Id + 1_000_000));
        (RepositoryId Repository, string Sha, bool IsAwaited)[] questions =
        [
            .. Enumerable.Range(0, 300).SelectMany(each => new[] { (here, waiting, true), (here, $"{each:x40}", false), (elsewhere, waiting, false) }),
        ];

        var answers = await Task.WhenAll(questions.Select(question => Awaited.ContainAsync(question.Repository, new CommitSha(question.Sha), Stop)));

        answers.ShouldBe(questions.Select(question => question.IsAwaited));
    }

    [Fact]
    public async Task What_the_database_can_t_answer_is_said_to_who_asked_and_to_nobody_after()
    {
        var (repository, sha) = (new RepositoryId(1), new CommitSha(new string('a', 40)));
        await ExecuteAsync("alter table deployments rename to play_deployments");
        try
        {
            await Should.ThrowAsync<PostgresException>(() => Awaited.ContainAsync(repository, sha, Stop));
        }
        finally
        {
            await ExecuteAsync("alter table play_deployments rename to deployments");
        }

        (await Awaited.ContainAsync(repository, sha, Stop)).ShouldBeFalse();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = house.Database.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Stop);
    }
}
