using System.Net;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Sandbox.Faults;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

public sealed class DeployFormTests(House house) : IClassFixture<House>
{
    private const string DeployFile = "production:\n  environment: production\nchecked:\n  environment: staging\n  required_contexts: [ci]\n";

    [Fact]
    public async Task A_writer_deploys_a_commit_and_comes_back()
    {
        var repository = house.CreateRepository(DeployFile);
        using var ada = await house.SignInAsync("ada");

        using var answer = await ada.PostFormAsync(
            $"/{repository.FullName}/deploy", ("target", "production"), ("sha", repository.Branches["main"]), ("ref", "main"), ("returnUrl", $"/{repository.FullName}/branch/main"));

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.Location!.OriginalString.ShouldBe($"/{repository.FullName}/branch/main");
        repository.Deployments.ShouldHaveSingleItem().Creator.Login.ShouldBe("ada");
        (await house.ReadAsync(rows => rows.Deployments.SingleAsync(row => row.RepositoryId == new Data.Names.RepositoryId(repository.Id)))).Via.ShouldBe(DeploymentVia.Web);
        var page = await ada.OpenAsync($"/{repository.FullName}");
        page.QuerySelector(".placements")!.TextContent.ShouldContain("production");
    }

    [Fact]
    public async Task What_may_not_go_out_yet_waits_where_somebody_says_so()
    {
        var repository = house.CreateRepository(DeployFile);
        using var ada = await house.SignInAsync("ada");
        (string, string)[] fields = [("target", "checked"), ("sha", repository.Branches["main"]), ("ref", "main"), ("returnUrl", $"/{repository.FullName}/branch/main")];

        using var refused = await ada.PostFormAsync($"/{repository.FullName}/deploy", fields);
        var offer = (await refused.ReadPageAsync()).QuerySelector("form[action$='/deploy'] input[name=wait]");
        using var waits = await ada.PostFormAsync($"/{repository.FullName}/deploy", [.. fields, ("wait", "true")]);

        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        offer.ShouldNotBeNull().ParentElement!.TextContent.ShouldContain("Wait until it may");
        waits.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var page = await ada.OpenAsync(waits.Headers.Location!.OriginalString);
        page.Body!.TextContent.ShouldContain("It waits: Waiting for ci (no result yet).");
        (await ada.OpenAsync($"/{repository.FullName}/activity")).QuerySelector("main")!.TextContent.ShouldContain("asked for");
        repository.Deployments.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whatever_was_looked_at_before_every_commit_can_be_deployed()
    {
        var repository = house.CreateRepository(DeployFile);
        using var ada = await house.SignInAsync("ada");
        for (var round = 0; round < 4; round++)
        {
            (await ada.OpenAsync($"/{repository.FullName}/metrics")).QuerySelector(".key-card").ShouldNotBeNull();
            using var tried = await ada.PostFormAsync(
                $"/{repository.FullName}/config", ("Form.File", DeployFile), ("Form.Event", "push"), ("Form.Ref", "main"), ("Form.Number", "1"));
            (await tried.ReadPageAsync()).QuerySelector(".try-outcome").ShouldNotBeNull();

            using var answer = await ada.PostFormAsync($"/{repository.FullName}/deploy", ("target", "production"), ("sha", repository.Branches["main"]));

            answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        }

        repository.Deployments.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_lost_answer_is_no_refusal_and_what_was_made_is_on_record()
    {
        var repository = house.CreateRepository(DeployFile);
        using var ada = await house.SignInAsync("ada");
        house.GitHub.Faults.Add(new FaultRule { Method = "POST", Route = "/repos/{owner}/{repo}/deployments", Address = $"/{repository.FullName}/", DroppedAnswerShare = 1, Times = 1 });

        using var answer = await ada.PostFormAsync($"/{repository.FullName}/deploy", ("target", "checked"), ("force", "true"), ("sha", repository.Branches["main"]));

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.ReadPageAsync()).QuerySelector("main")!.TextContent.ShouldContain("It isn’t known yet whether it was made");
        var id = new Data.Names.RepositoryId(repository.Id);
        await house.EventuallyAsync(
            () => house.ReadAsync(rows => rows.Activity.AnyAsync(entry => entry.RepositoryId == id)), "GitHub's event brings it");
        (await house.ReadAsync(rows => rows.Deployments.SingleAsync(row => row.RepositoryId == id))).State.ShouldBe(DeploymentState.Pending);
        var noted = await house.ReadAsync(rows => rows.Activity.SingleAsync(entry => entry.RepositoryId == id));
        noted.Act.ShouldBe(Data.Activity.ActivityKind.Forced);
        noted.Actor.ShouldBe(new GitHubUser(new GitHubUserId(house.Ada.Id), new GitHubLogin("ada")));
    }

    [Fact]
    public async Task With_scripts_a_lost_answer_is_told_in_the_same_words()
    {
        var repository = house.CreateRepository(DeployFile);
        using var ada = await house.SignInAsync("ada");
        ada.DefaultRequestHeaders.Add("HX-Request", "true");
        house.GitHub.Faults.Add(new FaultRule { Method = "POST", Route = "/repos/{owner}/{repo}/deployments", Address = $"/{repository.FullName}/", DroppedAnswerShare = 1, Times = 1 });

        using var answer = await ada.PostFormAsync($"/{repository.FullName}/deploy", ("target", "checked"), ("force", "true"), ("sha", repository.Branches["main"]));

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await answer.ReadPageAsync()).QuerySelectorAll("body > .note").ShouldHaveSingleItem().TextContent.ShouldContain("It isn’t known yet whether it was made");
    }

    [Fact]
    public async Task The_way_back_never_leaves_the_site()
    {
        var repository = house.CreateRepository(DeployFile);
        using var ada = await house.SignInAsync("ada");

        using var answer = await ada.PostFormAsync(
            $"/{repository.FullName}/deploy", ("target", "production"), ("sha", repository.Branches["main"]), ("returnUrl", "//evil.example"));

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.Location!.OriginalString.ShouldBe($"/{repository.FullName}");
    }

    [Fact]
    public async Task What_a_gate_holds_is_refused_with_its_reason()
    {
        var repository = house.CreateRepository(DeployFile);
        using var ada = await house.SignInAsync("ada");

        using var answer = await ada.PostFormAsync($"/{repository.FullName}/deploy", ("target", "checked"), ("sha", repository.Branches["main"]));

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await answer.ReadPageAsync()).Body!.TextContent.ShouldContain("ci");
        repository.Deployments.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("production", HttpStatusCode.OK)]
    [InlineData("checked", HttpStatusCode.Conflict)]
    public async Task With_scripts_the_answer_is_a_note_on_the_same_page(string target, HttpStatusCode status)
    {
        var repository = house.CreateRepository(DeployFile);
        using var ada = await house.SignInAsync("ada");
        ada.DefaultRequestHeaders.Add("HX-Request", "true");

        using var answer = await ada.PostFormAsync($"/{repository.FullName}/deploy", ("target", target), ("sha", repository.Branches["main"]));

        answer.StatusCode.ShouldBe(status);
        var note = await answer.ReadPageAsync();
        note.QuerySelectorAll("body > .note").ShouldHaveSingleItem();
        note.QuerySelector("header").ShouldBeNull();
    }

    [Fact]
    public async Task Force_goes_past_checks()
    {
        var repository = house.CreateRepository(DeployFile);
        using var ada = await house.SignInAsync("ada");

        using var answer = await ada.PostFormAsync($"/{repository.FullName}/deploy", ("target", "checked"), ("sha", repository.Branches["main"]), ("force", "true"));

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        repository.Deployments.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("constructor", null)]
    [InlineData("", null)]
    [InlineData("production", "main")]
    [InlineData("production", "0123456789012345678901234567890123456789")]
    public async Task What_is_unknown_cannot_be_deployed(string target, string? sha)
    {
        var repository = house.CreateRepository(DeployFile);
        using var ada = await house.SignInAsync("ada");

        using var answer = await ada.PostFormAsync($"/{repository.FullName}/deploy", ("target", target), ("sha", sha ?? repository.Branches["main"]));

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        repository.Deployments.ShouldBeEmpty();
    }
}
