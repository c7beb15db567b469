using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Acts;

public sealed class AdmissionTests(House house) : IClassFixture<House>
{
    /// <summary>A right that GitHub hasn't just told of can't be made up.</summary>
    [Fact]
    public void Nothing_but_the_admission_makes_an_actor()
    {
        var made = typeof(Actor).Assembly.GetTypes().Concat(typeof(Deliverybot.Site.SiteApplication).Assembly.GetTypes())
            .Where(type => type.IsAssignableTo(typeof(Actor)) && type != typeof(Actor))
            .ShouldHaveSingleItem();

        typeof(Actor).IsAbstract.ShouldBeTrue();
        (made.DeclaringType, made.IsNestedPrivate, made.IsSealed).ShouldBe((typeof(Admission), true, true));
    }

    /// <summary>What people do is asked for by an actor alone, so that no act can be called without the question.</summary>
    [Fact]
    public void An_act_names_no_person_and_no_access_besides_its_actor() =>
        typeof(Actor).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.GetParameters().Any(parameter => parameter.ParameterType == typeof(Actor)))
            .Where(method => method.GetParameters().Any(parameter =>
                parameter.ParameterType == typeof(GitHubUser) || parameter.ParameterType == typeof(RepositoryId) || parameter.ParameterType == typeof(RepositoryClient)))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}")
            .ShouldBeEmpty();

    [Theory]
    [InlineData(RepositoryPermission.Write, true)]
    [InlineData(RepositoryPermission.Triage, false)]
    [InlineData(RepositoryPermission.None, false)]
    public async Task By_the_App_it_lets_those_act_who_may_write_now(RepositoryPermission permission, bool may)
    {
        var acts = new ActDriver(house, "production: {}\n");
        var account = house.World.CreateUser($"someone-{Guid.NewGuid():N}");
        house.World.SetPermission(account, acts.Shop.Repository, permission);
        acts.Shop.Push("Tea");
        await acts.Shop.SettleAsync();
        var repository = await house.ReadAsync(db => db.Repositories.AsNoTracking().SingleAsync(row => row.Id == acts.Id, ActDriver.Stop));
        var person = new GitHubUser(new GitHubUserId(account.Id), new GitHubLogin(account.Login));
        await using var scope = house.Services.CreateAsyncScope();
        var github = scope.ServiceProvider.GetRequiredService<GitHubClients>().Installation(repository.InstallationId).Repository(acts.Name);

        var actor = await scope.ServiceProvider.GetRequiredService<Admission>().AskAsync(repository, person, github, ActDriver.Stop);

        (actor is not null).ShouldBe(may);
        actor?.By.ShouldBe(person);
        actor?.Repository.ShouldBe(acts.Id);
    }
}
