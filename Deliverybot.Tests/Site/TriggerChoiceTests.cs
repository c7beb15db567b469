using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Site.Pages.Deployments;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

public sealed class TriggerChoiceTests(House house) : IClassFixture<House>
{
    private static readonly DeploymentOrigin[] Origins =
    [
        .. Enum.GetValues<DeploymentCause>().Except([DeploymentCause.Person]).Select(DeploymentOrigin.Event),
        .. Enum.GetValues<DeploymentAct>().SelectMany(act => Enum.GetValues<DeploymentVia>().Except([DeploymentVia.Event])
            .Select(via => DeploymentOrigin.Person(act, via))),
        new(DeploymentCause.Person, DeploymentAct.Rollback, Via: null, DeploymentAccess.Person),
    ];

    [Fact]
    public async Task Each_word_finds_the_rows_that_bear_it()
    {
        var repository = house.CreateRepository();
        var id = await house.KnownAsync(repository);
        await house.WriteAsync([.. Origins.Select(origin => WishOf(id, repository.Branches["main"], origin))]);

        foreach (var choice in TriggerChoice.All)
        {
            var found = await house.ReadAsync(db => choice.In(db.Deployments.AsNoTracking().Where(row => row.RepositoryId == id)).OrderBy(row => row.Id).ToListAsync());
            found.Select(row => row.Origin).ShouldBe(Origins.Where(origin => TriggerChoice.Of(origin) == choice), choice.Value);
            found.ShouldNotBeEmpty(choice.Value);
        }
    }

    [Fact]
    public async Task What_is_automatic_is_so_in_memory_and_in_the_database()
    {
        var repository = house.CreateRepository();
        var id = await house.KnownAsync(repository);
        await house.WriteAsync([.. Origins.Select(origin => WishOf(id, repository.Branches["main"], origin))]);
        var expected = Origins.Where(origin => origin.Cause.IsAutomatic());

        var rows = await house.ReadAsync(db => db.Deployments.AsNoTracking().Where(row => row.RepositoryId == id).Where(DeploymentCauses.AutomaticRows).OrderBy(row => row.Id).ToListAsync());
        var query = await house.ReadAsync(db => Task.FromResult(db.Deployments.Where(DeploymentCauses.AutomaticRows).ToQueryString()));

        rows.Select(row => row.Origin).ShouldBe(expected);
        query.ShouldContain(DeploymentCauses.AutomaticSql, Case.Insensitive);
    }

    private static Deployment WishOf(RepositoryId repository, string sha, DeploymentOrigin origin) => new()
    {
        RepositoryId = repository,
        Target = new TargetName("production"),
        Environment = new EnvironmentName("production"),
        Sha = CommitSha.Parse(sha),
        Task = "deploy",
        Origin = origin,
        RequestedBy = Somebody.Called("ada"),
        State = DeploymentState.Success,
        CreatedAt = DateTimeOffset.UnixEpoch,
        UpdatedAt = DateTimeOffset.UnixEpoch,
    };
}
