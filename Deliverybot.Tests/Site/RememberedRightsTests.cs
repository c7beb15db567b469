using Deliverybot.Data;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Sandbox.Faults;
using Deliverybot.Sandbox.World;
using Deliverybot.Site.Live;
using Deliverybot.Site.Rights;
using Deliverybot.Site.SignIn;
using Deliverybot.Tests.Harness;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

public sealed class RememberedRightsTests(House house) : IClassFixture<House>, IDisposable
{
    private readonly FakeTimeProvider time = new(DateTimeOffset.UnixEpoch.AddYears(60));
    private readonly MemoryCache cache = new(new MemoryCacheOptions());
    private GitHubSilence? silence;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_right_to_look_is_remembered_for_a_minute_and_a_right_to_change_never()
    {
        var repository = house.CreateRepository();
        var name = RepositoryName.Parse(repository.FullName);
        var authorization = AuthorizationOf(house.Ada);
        await authorization.SeeAsync(name, Stop);

        time.Advance(TimeSpan.FromSeconds(59));
        await authorization.SeeAsync(name, Stop);
        Asked(repository).ShouldBe(1);

        await authorization.AskAsync(name, Stop);
        Asked(repository).ShouldBe(2);

        time.Advance(TimeSpan.FromSeconds(60));
        await authorization.SeeAsync(name, Stop);
        Asked(repository).ShouldBe(3);
    }

    [Fact]
    public async Task Where_GitHub_has_a_fault_a_right_to_look_counts_for_ten_minutes_and_only_for_pages_that_say_so()
    {
        var repository = house.CreateRepository();
        var name = RepositoryName.Parse(repository.FullName);
        var authorization = AuthorizationOf(house.Ada);
        var seen = time.GetUtcNow();
        await authorization.LookAsync(name, Stop);
        using var down = new Outage(house);

        time.Advance(TimeSpan.FromMinutes(9));
        (await authorization.LookAsync(name, Stop)).ShouldNotBeNull();
        silence!.IsMet.ShouldBeTrue();
        silence.AsOf.ShouldBe(seen);
        await Should.ThrowAsync<RetryLaterException>(() => authorization.SeeAsync(name, Stop));

        time.Advance(TimeSpan.FromMinutes(2));
        await Should.ThrowAsync<RetryLaterException>(() => authorization.LookAsync(name, Stop));
        await Should.ThrowAsync<RetryLaterException>(() => AuthorizationOf(house.World.CreateUser($"eve-{Guid.NewGuid():N}")).LookAsync(name, Stop));
    }

    [Fact]
    public async Task What_GitHub_has_denied_since_counts_no_more()
    {
        var repository = house.World.CreateRepository(house.CreateRepository().Owner, $"private-{Guid.NewGuid():N}", isPrivate: true);
        house.World.SetPermission(house.Ada, repository, RepositoryPermission.Read);
        var name = RepositoryName.Parse(repository.FullName);
        var authorization = AuthorizationOf(house.Ada);
        (await authorization.LookAsync(name, Stop)).ShouldNotBeNull();
        house.World.SetPermission(house.Ada, repository, RepositoryPermission.None);
        time.Advance(TimeSpan.FromMinutes(2));
        (await authorization.LookAsync(name, Stop)).ShouldBeNull();

        using var down = new Outage(house);

        await Should.ThrowAsync<RetryLaterException>(() => authorization.LookAsync(name, Stop));
    }

    [Fact]
    public async Task A_token_that_GitHub_has_ended_counts_no_more()
    {
        var name = RepositoryName.Parse(house.CreateRepository().FullName);
        var token = new UserToken(house.World.Tokens.IssueUser(house.Ada).Token);
        var remembered = new RememberedAccess(cache, time);
        var authorization = AuthorizationOf(SessionOf(house.Ada) with { Token = token }, remembered);
        (await authorization.LookAsync(name, Stop)).ShouldNotBeNull();
        time.Advance(TimeSpan.FromMinutes(2));
        remembered.FindInFault(token, name).ShouldNotBeNull();

        await Should.ThrowAsync<UserTokenEndedException>(() => silence!.UnlessMetAsync<int>(() => throw new UserTokenEndedException(), 0));

        remembered.FindInFault(token, name).ShouldBeNull();
    }

    [Fact]
    public async Task Events_end_within_a_minute_after_the_right_to_see_them_has()
    {
        var repository = house.World.CreateRepository(house.CreateRepository().Owner, $"private-{Guid.NewGuid():N}", isPrivate: true);
        house.World.SetPermission(house.Ada, repository, RepositoryPermission.Read);
        await using var scope = house.Services.CreateAsyncScope();
        var authorization = AuthorizationOf(house.Ada);
        var events = new RepositoryEvents(
            authorization,
            house.Services.GetRequiredService<RepositoryChanges>(),
            new SessionEnds(scope.ServiceProvider.GetRequiredService<DeliverybotContext>(), time),
            SessionOf(house.Ada),
            time);
        var access = await authorization.SeeAsync(RepositoryName.Parse(repository.FullName), Stop);
        await using var stream = events.StreamAsync(access!, Stop).GetAsyncEnumerator(Stop);
        (await stream.MoveNextAsync()).ShouldBeTrue();

        house.World.SetPermission(house.Ada, repository, RepositoryPermission.None);
        for (var quiet = 1; quiet <= 3; quiet++)
        {
            var next = stream.MoveNextAsync().AsTask();
            time.Advance(TimeSpan.FromSeconds(20));
            (await next).ShouldBeTrue();
        }

        (await stream.MoveNextAsync()).ShouldBeFalse();
    }

    public void Dispose() => cache.Dispose();

    private sealed class Outage : IDisposable
    {
        private readonly House _house;

        public Outage(House house)
        {
            _house = house;
            house.GitHub.Faults.Add(new FaultRule { ErrorShare = 1 });
        }

        public void Dispose() => _house.GitHub.Faults.Clear();
    }

    private int Asked(Repository repository) => house.GitHub.Requests.All.Count(request => request.Path == $"/api/v3/repos/{repository.FullName}");

    private RepositoryAuthorization AuthorizationOf(Account account) => AuthorizationOf(SessionOf(account), new RememberedAccess(cache, time));

    private RepositoryAuthorization AuthorizationOf(UserSession session, RememberedAccess remembered) =>
        new(session, house.Services.GetRequiredService<GitHubClients>(), remembered, silence = new GitHubSilence(session, remembered), time);

    private UserSession SessionOf(Account account) => new(
        Guid.NewGuid(),
        Stamp: ".",
        new GitHubUserId(account.Id),
        new GitHubLogin(account.Login),
        Avatar: null,
        new UserToken(house.World.Tokens.IssueUser(account).Token),
        time.GetUtcNow(),
        TokenIsRenewed: false,
        time.GetUtcNow());
}
