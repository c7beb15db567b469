using System.Net;
using AngleSharp.Dom;
using Deliverybot.Data.Branches;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;
using Deployment = Deliverybot.Data.Deploying.Deployment;
using SandboxRepository = Deliverybot.Sandbox.World.Repository;

namespace Deliverybot.Tests.Site;

/// <summary>The home page: what needs somebody, and every environment as its board shows it.</summary>
public sealed class ControlRoomTests(House house) : IClassFixture<House>
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private static readonly GitRef Main = GitRef.Branch("main");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Situations => [.. Played.Keys];

    private static readonly Dictionary<string, Func<RepositoryId, object[]>> Played = new()
    {
        ["live"] = id => [Row(id, 'a', at: Now.AddHours(-3))],
        ["replaced"] = id => [Row(id, 'a', DeploymentState.Inactive, at: Now.AddHours(-3), succeeded: true), Row(id, 'b', at: Now.AddHours(-2))],
        ["taken down"] = id => [Row(id, 'a', DeploymentState.Inactive, at: Now.AddHours(-3), succeeded: true)],
        ["failed after something that is live"] = id => [Row(id, 'a', at: Now.AddHours(-3)), Row(id, 'b', DeploymentState.Failure, at: Now.AddHours(-1))],
        ["failed, the first there"] = id => [Row(id, 'a', DeploymentState.Error, at: Now.AddHours(-1))],
        ["failed and mended"] = id => [Row(id, 'a', DeploymentState.Failure, at: Now.AddHours(-3)), Row(id, 'b', at: Now.AddHours(-1))],
        ["failed and done again, after it"] = id => [Row(id, 'a', at: Now.AddMinutes(-1)), Row(id, 'b', DeploymentState.Failure, at: Now.AddHours(-1))],
        ["failed, and its environment is gone"] = id => [With(Row(id, 'a', DeploymentState.Failure, at: Now.AddHours(-1)), row => row.GoneAt = Now)],
        ["failed long before much else"] = id => [Row(id, 'a', DeploymentState.Failure, at: Now.AddDays(-9)), .. Enumerable.Range(0, 101).Select(_ => Row(id, 'b', environment: "dev", at: Now.AddDays(-8)))],
        ["failed while the next is on its way"] = id => [Row(id, 'a', at: Now.AddHours(-3)), Row(id, 'b', DeploymentState.Failure, at: Now.AddHours(-1)), Row(id, 'c', DeploymentState.InProgress, at: Now.AddMinutes(-1))],
        ["failed before what was not approved"] = id => [Row(id, 'b', DeploymentState.Failure, at: Now.AddHours(-2)), With(Row(id, 'c', DeploymentState.Failure, at: Now.AddHours(-1)), row => row.AwaitsApproval = true)],
        ["failed before what went well, and the next is on its way"] = id => [Row(id, 'a', DeploymentState.Failure, at: Now.AddHours(-3)), Row(id, 'b', at: Now.AddHours(-2)), Row(id, 'c', DeploymentState.Pending, at: Now.AddMinutes(-1))],
        ["taken down while it had failed, and the next is on its way"] = id => [With(Row(id, 'a', DeploymentState.Failure, at: Now.AddHours(-3)), row => row.GoneAt = Now), Row(id, 'c', DeploymentState.Pending, at: Now.AddMinutes(-1))],
        ["not approved"] = id => [Row(id, 'a', at: Now.AddHours(-3)), With(Row(id, 'b', DeploymentState.Failure, at: Now.AddHours(-1)), row => row.AwaitsApproval = true)],
        ["denied"] = id => [Row(id, 'a', at: Now.AddHours(-3)), Row(id, 'b', DeploymentState.Denied, at: Now.AddHours(-1))],
        ["made by others, and doesn't count"] = id => [Row(id, 'a', at: Now.AddHours(-3)), Uncounted(id)],
        ["on its way"] = id => [Row(id, 'a', at: Now.AddHours(-3)), Row(id, 'b', DeploymentState.InProgress, at: Now.AddMinutes(-1))],
        ["the first on its way"] = id => [Row(id, 'b', DeploymentState.Pending, at: Now.AddMinutes(-1))],
        ["to be approved"] = id => [With(Row(id, 'b', DeploymentState.Pending, at: Now.AddMinutes(-1)), row => row.AwaitsApproval = true)],
        ["waiting"] = id => [Row(id, 'a', at: Now.AddHours(-3)), Row(id, 'b', DeploymentState.Waiting), Row(id, 'c', DeploymentState.Waiting)],
        ["waiting, the first there"] = id => [Row(id, 'b', DeploymentState.Waiting)],
        ["failed while something waits"] = id => [Row(id, 'a', DeploymentState.Failure, at: Now.AddHours(-1)), Row(id, 'b', DeploymentState.Waiting)],
        ["locked"] = id => [Row(id, 'a', at: Now.AddHours(-3)), Held(id, LockKind.Lock)],
        ["locked before anything was there"] = id => [Held(id, LockKind.Lock)],
        ["held"] = id => [Row(id, 'a', at: Now.AddHours(-3)), Held(id, LockKind.Hold)],
        ["both"] = id => [Row(id, 'a', at: Now.AddHours(-3)), Held(id, LockKind.Lock), Held(id, LockKind.Hold)],
        ["no longer locked"] = id => [Row(id, 'a', at: Now.AddHours(-3)), Held(id, LockKind.Lock, until: Now.AddMinutes(-1))],
        ["previews"] = id => [Row(id, 'a', at: Now.AddHours(-3)), PageRows.Deployment(id, Sha('b'), "pr-1", transient: true, at: Now), Held(id, LockKind.Lock, "pr-1")],
        ["a pipeline"] = id => [Row(id, 'b', environment: "staging", at: Now.AddHours(-1)), Row(id, 'a', DeploymentState.Failure, at: Now.AddHours(-3)), Row(id, 'c', environment: "dev", at: Now)],
    };

    [Theory]
    [MemberData(nameof(Situations))]
    public async Task An_environment_stands_as_its_board_says(string situation)
    {
        var repository = house.CreateRepository();
        var id = await house.KnownAsync(repository);
        foreach (var row in Played[situation](id))
        {
            await house.WriteAsync(row);
        }

        using var ada = await house.SignInAsync("ada");

        var board = await ada.OpenAsync($"/{repository.FullName}/environments");
        var home = await ada.OpenAsync($"/?find={repository.Name}");

        var said = board.QuerySelectorAll("#environments > li").Select(OfBoard).Order(StringComparer.Ordinal).ToList();
        home.QuerySelectorAll(".place").Select(OfHome).Order(StringComparer.Ordinal).ShouldBe(said);
    }

    [Fact]
    public async Task What_was_forced_says_so()
    {
        var repository = await PlayAsync(id => PageRows.Deployment(id, Sha('a'), cause: DeploymentCause.Person, force: true, at: Now.AddHours(-1)));
        using var ada = await house.SignInAsync("ada");

        var home = await ada.OpenAsync($"/?find={repository.Name}");

        home.QuerySelector(".place .place-marks")!.TextContent.ShouldContain("forced");
    }

    [Fact]
    public async Task What_failed_stays_told_until_something_newer_has_succeeded()
    {
        var repository = await PlayAsync(
            id => Row(id, 'a', at: Now.AddHours(-3)), id => Row(id, 'b', DeploymentState.Failure, at: Now.AddHours(-1)), id => Row(id, 'c', DeploymentState.InProgress, at: Now));
        using var ada = await house.SignInAsync("ada");

        (await ada.OpenAsync($"/{repository.FullName}/environments")).QuerySelector("#environments > li")!.TextContent.ShouldContain(Sha('b')[..7]);
        Place(await ada.OpenAsync($"/?find={repository.Name}"), repository, "production").ClassList.ShouldContain("edge-bad");
    }

    [Theory]
    [InlineData(DeploymentCause.Push, false)]
    [InlineData(DeploymentCause.Person, true)]
    public async Task Where_a_branch_was_set_back_to_what_is_live_what_its_push_had_failed_at_is_past(DeploymentCause cause, bool isTold)
    {
        var repository = await PlayAsync(
            id => Row(id, 'a', at: Now.AddHours(-3)),
            id => Row(id, 'b', DeploymentState.Failure, at: Now.AddHours(-1), cause: cause),
            id => new RefHead { RepositoryId = id, Ref = Main, Sha = CommitSha.Parse(Sha('a')), SeenAt = Now });
        using var ada = await house.SignInAsync("ada");

        var board = (await ada.OpenAsync($"/{repository.FullName}/environments")).QuerySelector("#environments > li")!;
        var home = Place(await ada.OpenAsync($"/?find={repository.Name}"), repository, "production");

        board.TextContent.Contains(Sha('b')[..7], StringComparison.Ordinal).ShouldBe(isTold);
        (board.ClassList.Contains("edge-bad"), home.ClassList.Contains("edge-bad")).ShouldBe((isTold, isTold));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(-4, true)]
    public async Task Where_a_branch_was_set_back_what_a_person_had_failed_at_is_past_if_it_was_pushed_after_what_is_live(int hours, bool isTold)
    {
        var repository = await PlayAsync(
            id => Row(id, 'b', environment: "dev", at: Now.AddHours(hours)),
            id => Row(id, 'a', at: Now.AddHours(-3)),
            id => Row(id, 'b', DeploymentState.Failure, at: Now.AddMinutes(-5), cause: DeploymentCause.Person),
            id => new RefHead { RepositoryId = id, Ref = Main, Sha = CommitSha.Parse(Sha('a')), SeenAt = Now });
        using var ada = await house.SignInAsync("ada");

        var board = (await ada.OpenAsync($"/{repository.FullName}/environments")).QuerySelectorAll("#environments > li")
            .Single(row => row.QuerySelector(".environment-name")!.TextContent.Trim() == "production");
        var home = Place(await ada.OpenAsync($"/?find={repository.Name}"), repository, "production");

        (board.ClassList.Contains("edge-bad"), home.ClassList.Contains("edge-bad")).ShouldBe((isTold, isTold));
    }

    [Fact]
    public async Task What_was_rolled_back_to_and_what_a_tag_brought_are_measured_against_the_default_branch_where_they_came_from_it()
    {
        var repository = await PlayAsync(
            id => new RefHead { RepositoryId = id, Ref = Main, Sha = CommitSha.Parse(Sha('c')), SeenAt = Now },
            id => Row(id, 'a', DeploymentState.Inactive, environment: "rolled back", at: Now.AddHours(-5), succeeded: true),
            id => Row(id, 'a', environment: "rolled back", at: Now.AddHours(-1), named: null, act: DeploymentAct.Rollback, pullRequest: 7),
            id => Row(id, 'a', environment: "tagged", at: Now.AddHours(-1), named: "refs/tags/v1", cause: DeploymentCause.Release),
            id => Row(id, 'd', environment: "tagged elsewhere", at: Now.AddHours(-1), named: "refs/tags/v2", cause: DeploymentCause.Release),
            id => Row(id, 'c', environment: "at the head", at: Now.AddHours(-1), named: "refs/tags/v3", cause: DeploymentCause.Release),
            id => Row(id, 'c', environment: "west", at: Now.AddHours(-2)));
        using var ada = await house.SignInAsync("ada");

        var page = await ada.OpenAsync($"/?find={repository.Name}");

        Behind("rolled back").ShouldBe("behind main");
        Behind("tagged").ShouldBe("behind main");
        Behind("tagged elsewhere").ShouldBeNull();
        Behind("at the head").ShouldBeNull();

        string? Behind(string environment) => Place(page, repository, environment).QuerySelector(".place-behind")?.TextContent;
    }

    [Fact]
    public async Task What_needs_somebody_stands_first_the_most_urgent_above()
    {
        var repository = await PlayAsync(
            id => Row(id, 'a', DeploymentState.Failure, environment: "a", at: Now.AddMinutes(-5)),
            id => With(Row(id, 'b', DeploymentState.InProgress, environment: "b", at: Now.AddMinutes(-31)), row => row.StatusAt = Now.AddMinutes(-31)),
            id => Row(id, 'b', DeploymentState.InProgress, environment: "busy", at: Now.AddMinutes(-29)),
            id => With(Row(id, 'c', DeploymentState.Pending, environment: "c", at: Now.AddHours(-1)), row => row.AwaitsApproval = true),
            id => With(Row(id, 'd', DeploymentState.Waiting, environment: "d"), Promotable),
            id => Row(id, 'd', DeploymentState.Waiting, environment: "waiting"),
            id => Held(id, LockKind.Lock, "e", since: Now.AddDays(-2)),
            id => Held(id, LockKind.Hold, "f", since: Now.AddDays(-2)),
            id => Held(id, LockKind.Lock, "just locked", since: Now.AddHours(-23)));
        using var ada = await house.SignInAsync("ada");

        var page = await ada.OpenAsync($"/{repository.Owner.Login}?needs=all");

        var needs = page.QuerySelectorAll(".need").Where(need => need.TextContent.Contains(repository.FullName, StringComparison.Ordinal)).ToList();
        needs.Select(need => need.QuerySelector("strong")!.TextContent).ShouldBe(["a", "b", "c", "d", "e", "f"]);
        needs.Select(need => need.QuerySelector(".what")!.TextContent).ShouldBe(["failed", "silent", "waits for approval at GitHub", "waiting", "locked", "held"]);
        needs[0].QuerySelector("a")!.GetAttribute("href")!.ShouldContain("/deployments/");
        needs[4].QuerySelector("a")!.GetAttribute("href")!.ShouldContain("/environments#env-");
        Place(page, repository, "b").QuerySelector(".badge-state")!.TextContent.ShouldBe("silent");
        page.QuerySelector("link[rel=icon]")!.GetAttribute("href").ShouldBe("/img/favicon-failing.svg");
    }

    [Fact]
    public async Task Whoever_may_only_read_is_needed_nowhere_and_sees_how_all_stands()
    {
        var repository = await PlayAsync(id => Row(id, 'a', DeploymentState.Failure, at: Now.AddMinutes(-5)));
        using var rita = await house.SignInAsync("rita");

        var page = await rita.OpenAsync($"/?find={repository.Name}");

        page.QuerySelectorAll(".need").ShouldBeEmpty();
        page.QuerySelector(".calm").ShouldNotBeNull();
        Place(page, repository, "production").ClassList.ShouldContain("edge-bad");
    }

    [Fact]
    public async Task What_lags_behind_says_so_where_our_own_rows_know_it()
    {
        var repository = await PlayAsync(
            id => new RefHead { RepositoryId = id, Ref = Main, Sha = CommitSha.Parse(Sha('c')), SeenAt = Now },
            id => After(Row(id, 'c', environment: "dev", at: Now.AddMinutes(-5))),
            id => After(Row(id, 'b', environment: "staging", at: Now.AddMinutes(-50)), "dev"),
            id => After(Row(id, 'a', environment: "production", at: Now.AddMinutes(-90)), "staging"),
            id => After(Row(id, 'b', environment: "west", at: Now.AddMinutes(-20), cause: DeploymentCause.Pipeline), "staging"),
            id => After(Row(id, 'd', environment: "by hand", at: Now, pullRequest: 7)));
        using var ada = await house.SignInAsync("ada");

        var page = await ada.OpenAsync($"/?find={repository.Name}");

        page.QuerySelectorAll(".places thead th bdi").Select(head => head.TextContent).ShouldBe(["dev", "staging", "production", "west", "by hand"]);
        Behind("dev").ShouldBeNull();
        Behind("staging").ShouldBe("behind dev");
        Behind("production").ShouldBe("behind staging");
        Behind("west").ShouldBe("behind main");
        Behind("by hand").ShouldBeNull();

        string? Behind(string environment) => Place(page, repository, environment).QuerySelector(".place-behind")?.TextContent;
    }

    [Fact]
    public async Task Nothing_of_what_somebody_cannot_see_is_on_it()
    {
        var repository = await PlayAsync(id => Row(id, 'a', DeploymentState.Failure, at: Now.AddMinutes(-5)));
        var nora = house.World.CreateUser($"nora-{Guid.NewGuid():N}"[..20]);
        house.World.Install(nora);
        house.World.CreateRepository(nora, "own");
        using var visitor = await house.SignInAsync(nora.Login);

        var home = await visitor.OpenAsync("/?needs=all");
        using var owner = await visitor.GetAsync($"/{repository.Owner.Login}", Stop);
        using var changes = await visitor.GetAsync($"/{repository.Owner.Login}?handler=Changes", Stop);
        using var events = await visitor.GetAsync($"/_/events/{repository.Owner.Login}", HttpCompletionOption.ResponseHeadersRead, Stop);

        home.QuerySelectorAll(".repository-name").ShouldHaveSingleItem().TextContent.ShouldBe("own");
        home.QuerySelectorAll(".need").ShouldBeEmpty();
        owner.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        changes.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        events.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_waits_for_approval_is_not_counted_as_on_its_way()
    {
        var repository = await PlayAsync(id => With(
            Row(id, 'b', DeploymentState.Pending, at: Now.AddMinutes(-1)), row => (row.AwaitsApproval, row.LogUrl) = (true, "https://github.com/acme/shop/actions/runs/1")));
        using var ada = await house.SignInAsync("ada");

        var board = await ada.OpenAsync($"/{repository.FullName}/environments");

        board.QuerySelector("#board-summary")!.TextContent.ShouldBe("1 environment · 1 to approve");
        board.QuerySelectorAll(".way a").Single(link => link.TextContent == "Approve or reject at GitHub").GetAttribute("href").ShouldBe("https://github.com/acme/shop/actions/runs/1");
    }

    [Fact]
    public async Task Signed_out_an_open_page_is_given_nothing()
    {
        using var answer = await house.Site.GetAsync("/?handler=Changes", Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_open_page_is_told_that_something_changed_and_is_given_its_parts()
    {
        var repository = house.CreateRepository("production:\n  environment: production\n");
        using var ada = await house.SignInAsync("ada");
        var before = await ada.OpenAsync("/?handler=Changes");
        using var all = await ada.GetStreamAsync("/_/events", Stop).AsReaderAsync();
        using var own = await ada.GetStreamAsync($"/_/events/{repository.Owner.Login}", Stop).AsReaderAsync();
        await all.ReadUntilAsync("event: ping");
        await own.ReadUntilAsync("event: ping");

        using var answer = await ada.PostFormAsync($"/{repository.FullName}/deploy", ("target", "production"), ("sha", repository.Branches["main"]));
        await all.ReadUntilAsync("event: changed");
        await own.ReadUntilAsync("event: changed");
        var after = await ada.OpenAsync("/?handler=Changes");

        after.QuerySelector("header").ShouldBeNull();
        var row = $"repository-{repository.Id}";
        after.GetElementById(row)!.GetAttribute("data-stamp").ShouldNotBe(before.GetElementById(row)!.GetAttribute("data-stamp"));
    }

    [Fact]
    public async Task Another_tenants_changes_are_told_to_nobody_else()
    {
        var nora = house.World.CreateUser($"nora-{Guid.NewGuid():N}"[..20]);
        house.World.Install(nora);
        house.World.CreateRepository(nora, "own");
        var repository = house.CreateRepository("production:\n  environment: production\n");
        using var visitor = await house.SignInAsync(nora.Login);
        using var ada = await house.SignInAsync("ada");
        using var others = await visitor.GetStreamAsync("/_/events", Stop).AsReaderAsync();
        using var own = await ada.GetStreamAsync("/_/events", Stop).AsReaderAsync();
        await others.ReadUntilAsync("event: ping");
        await own.ReadUntilAsync("event: ping");

        using var answer = await ada.PostFormAsync($"/{repository.FullName}/deploy", ("target", "production"), ("sha", repository.Branches["main"]));
        await own.ReadUntilAsync("event: changed");

        // The next thing that nora hears, within twenty seconds, is that the stream is still there.
        (await others.ReadUntilAsync("event: ")).ShouldBe("event: ping");
    }

    [Fact]
    public async Task A_repository_with_nothing_but_previews_says_so()
    {
        var repository = await PlayAsync(id => With(PageRows.Deployment(id, Sha('b'), "pr-1", transient: true, at: Now), row => row.GitHubId = new GitHubDeploymentId(id.Value + 700_000)));
        var empty = house.CreateRepository();
        using var ada = await house.SignInAsync("ada");

        (await ada.OpenAsync($"/?find={repository.Name}")).QuerySelector(".places .none")!.TextContent.ShouldBe("only previews so far");
        (await ada.OpenAsync($"/?find={empty.Name}")).QuerySelector(".places .none")!.TextContent.ShouldBe("not deployed yet");
    }

    private async Task<SandboxRepository> PlayAsync(params Func<RepositoryId, object>[] rows)
    {
        var repository = house.CreateRepository();
        var id = await house.KnownAsync(repository);
        foreach (var row in rows)
        {
            if (row(id) is RefHead head)
            {
                await house.ReadAsync(async db =>
                {
                    db.RefHeads.RemoveRange(db.RefHeads.Where(known => known.RepositoryId == id && known.Ref == head.Ref));
                    await db.SaveChangesAsync(Stop);
                    db.RefHeads.Add(head);
                    return await db.SaveChangesAsync(Stop);
                });
            }
            else
            {
                await house.WriteAsync(row(id));
            }
        }

        return repository;
    }

    private static string Sha(char letter) => new(letter, 40);

    private static Deployment Row(
        RepositoryId id,
        char sha,
        DeploymentState state = DeploymentState.Success,
        string environment = "production",
        DateTimeOffset? at = null,
        bool succeeded = false,
        DeploymentCause cause = DeploymentCause.Push,
        int? pullRequest = null,
        string? named = "refs/heads/main",
        DeploymentAct act = DeploymentAct.Deploy) =>
        With(
            PageRows.Deployment(id, Sha(sha), environment, state, cause, at: at ?? Now, pullRequest: pullRequest, named: named, act: act),
            row => row.SucceededAt = succeeded ? at : row.SucceededAt);

    private static Deployment With(Deployment row, Action<Deployment> change)
    {
        change(row);
        return row;
    }

    private static Deployment After(Deployment row, params string[] targets) => With(
        row, row => row.TargetDefinition = $$"""{"name":"{{row.Target}}","after":[{{string.Join(',', targets.Select(target => $"\"{target}\""))}}]}""");

    private static void Promotable(Deployment row) => (row.Gate, row.UnmetContexts) = ("Checks", ["deliverybot/promotion"]);

    private static Deployment Uncounted(RepositoryId id) => new()
    {
        RepositoryId = id,
        Target = new TargetName(""),
        Environment = new EnvironmentName("production"),
        Sha = CommitSha.Parse(Sha('b')),
        Task = "deploy",
        Origin = DeploymentOrigin.Event(DeploymentCause.External),
        RequestedBy = Somebody.Called("grace"),
        State = DeploymentState.Failure,
        DoesNotCount = "A pull request's job made it.",
        CreatedAt = Now,
        UpdatedAt = Now,
    };

    private static EnvironmentLock Held(
        RepositoryId id, LockKind kind, string environment = "production", DateTimeOffset? until = null, DateTimeOffset? since = null) => new()
        {
            RepositoryId = id,
            Environment = new EnvironmentName(environment),
            Kind = kind,
            Holder = Somebody.Called("grace"),
            Since = since ?? Now,
            Until = until,
        };

    private static IElement Place(IParentNode page, SandboxRepository repository, string environment) =>
        page.QuerySelector($"#repository-{repository.Id}")!.QuerySelectorAll(".place").Single(place => place.QuerySelector("bdi")!.TextContent == environment);

    private static string OfHome(IElement place) => Told(
        place.QuerySelector(".place-name bdi")!.TextContent,
        place.ClassList,
        place.QuerySelector(".mono")?.TextContent,
        place.QuerySelectorAll(".badge-state .what").Select(mark => mark.TextContent));

    private static string OfBoard(IElement row)
    {
        List<string> marks = [.. row.QuerySelectorAll(".held-bad .icon").Select(icon => icon.GetAttribute("aria-label")!)];
        marks.AddRange(row.QuerySelectorAll(".way .icon[aria-label]").Select(icon => icon.GetAttribute("aria-label")!)
            .GroupBy(label => label).Select(group => group.Count() == 1 ? group.Key : $"{group.Count()} {group.Key}"));
        marks.AddRange(row.QuerySelectorAll(".held").Where(held => held.TextContent.Contains("Locked by", StringComparison.Ordinal)).Select(_ => "locked"));
        marks.AddRange(row.QuerySelectorAll(".held").Where(held => held.TextContent.Contains("are held", StringComparison.Ordinal)).Select(_ => "held"));
        return Told(row.QuerySelector(".environment-name")!.TextContent.Trim(), row.ClassList, row.QuerySelector(".live-meta .sha")?.TextContent, marks);
    }

    private static string Told(string environment, ITokenList classes, string? live, IEnumerable<string> marks) =>
        $"{environment} {classes.Single(each => each.StartsWith("edge-", StringComparison.Ordinal))} {live ?? "nothing"}: {string.Join(", ", marks)}";
}
