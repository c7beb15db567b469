using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Sandbox.Faults;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Markup;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Surfaces.PullRequests;

public sealed class DeployCommandTests(House house) : IClassFixture<House>
{
    private const string File =
        """
        staging:
          environment: staging
          required_contexts: [ci]
        production:
          environment: production
          after: [staging]
        """;

    [Fact]
    public async Task A_deployment_is_told_in_one_comment_from_the_command_to_the_end()
    {
        var talk = new ConversationDriver(house, File);
        talk.Shop.SetStatus(talk.Head, "ci");

        var comment = await talk.SayAsync("/deploy staging");
        talk.TargetComment.ShouldBeDocumented().ShouldContain("is on its way to `staging`");
        await talk.ReportAsync("staging", "in_progress", logUrl: "https://ci.example/run/7");
        talk.TargetComment.ShouldBeDocumented().ShouldContain("is being deployed to `staging`");
        await talk.ReportAsync("staging", "success", logUrl: "https://ci.example/run/7", environmentUrl: "https://staging.example.com");

        var said = talk.Said.ShouldHaveSingleItem();
        talk.TargetComment.ShouldBeDocumented().ShouldContain("was deployed to `staging`");
        RenderedMarkdown.Of(said.Body).Links.ShouldBe(
        [
            $"{house.GitHub.Url}{talk.Repository.FullName}/commit/{talk.Head}", $"{house.GitHub.Url}{talk.Repository.FullName}/commit/{talk.Head}",
            "https://staging.example.com/", "https://ci.example/run/7", $"{house.SiteUrl}{talk.Repository.FullName}/deployments/{(await talk.Shop.RowAsync(talk.Head)).Id}",
        ]);
        ConversationDriver.ReactionsTo(comment).ShouldBe(["eyes", "rocket"]);
        talk.Repository.Deployments.ShouldHaveSingleItem().Creator.ShouldBe(talk.World.AppBot);
        (await talk.Shop.RowAsync(talk.Head)).RequestedBy.ShouldBe(new GitHubUser(new GitHubUserId(house.Ada.Id), new GitHubLogin("ada")));
    }

    [Fact]
    public async Task With_wait_the_targets_comment_says_what_it_waits_for_and_it_ends_with_the_pull_request()
    {
        var talk = new ConversationDriver(house, File);

        var comment = await talk.SayAsync("/deploy staging wait");

        ConversationDriver.ReactionsTo(comment).ShouldBe(["eyes", "rocket"]);
        talk.ReplyTo(comment).ShouldBeNull();
        talk.TargetComment.ShouldNotBeNull().ShouldStartWith("⏳ **`staging` waits.** Waiting for ci (no result yet).");
        talk.World.ClosePullRequest(talk.Repository, talk.Pull, house.Ada);
        await talk.Shop.AwaitAsync("staging", talk.Head, DeploymentState.Cancelled);
        talk.Repository.Deployments.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_commit_is_the_head_when_the_comment_was_read_and_the_next_command_edits_the_comment()
    {
        var talk = new ConversationDriver(house, "staging: { environment: staging }");
        await talk.SayAsync("/deploy staging");
        var second = talk.Shop.Push("Sell green tea", "tea");

        await talk.SayAsync("/deploy staging");

        talk.Shop.Deployed.ShouldBe([talk.Head, second]);
        talk.Said.ShouldHaveSingleItem().Body.ShouldContain(second[..7]);
    }

    [Fact]
    public async Task A_commit_that_is_named_is_deployed_if_the_pull_request_has_it()
    {
        var talk = new ConversationDriver(house, "staging: { environment: staging }");
        talk.Shop.Push("Sell green tea", "tea");
        var foreign = talk.Shop.Push("Sell coffee", "coffee");

        await talk.SayAsync($"/deploy staging {talk.Head[..8]}");
        talk.Shop.Deployed.ShouldBe([talk.Head]);
        (await talk.AskAsync($"/deploy staging {foreign}")).ShouldContain("doesn't contain the commit");
        (await talk.AskAsync("/deploy staging 0123456789")).ShouldBe("There is no commit `0123456789` in this repository.");
        talk.Shop.Deployed.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_a_gate_refuses_is_answered_with_its_sentence_and_what_to_do()
    {
        var talk = new ConversationDriver(house, File);

        (await talk.AskAsync("/deploy staging")).ShouldBeDocumented().ShouldContain("Waiting for ci");
        (await talk.AskAsync("/deploy staging,production")).ShouldBeDocumented().ShouldContain("has not succeeded at staging yet.");
        (await talk.AskAsync("/deploy Staging")).ShouldContain("has no target Staging");
        talk.TargetComment.ShouldBeNull();

        await talk.SayAsync("/deploy staging force");
        talk.Shop.Deployed.ShouldBe([talk.Head]);
        talk.TargetComment.ShouldNotBeNull().ShouldContain("by force past ci (no result yet)");
    }

    [Fact]
    public async Task More_targets_than_anybody_means_are_answered_without_a_look()
    {
        var talk = new ConversationDriver(house, File);
        await talk.Shop.SettleAsync();
        var before = talk.Shop.Calls.Count;

        (await talk.AskAsync($"/deploy {string.Join(',', Enumerable.Range(0, 2000).Select(at => $"t{at}"))}")).ShouldContain("names 2000");

        talk.Shop.Calls.Skip(before).ShouldNotContain(RepositoryDriver.Contents);
        talk.Shop.Calls.Count.ShouldBeLessThan(before + 7);
    }

    [Fact]
    public async Task What_several_targets_have_in_common_is_asked_of_GitHub_once()
    {
        var talk = new ConversationDriver(house, "one: {}\ntwo: {}\nthree: {}\n");
        await talk.Shop.SettleAsync();
        var older = talk.Head;
        talk.Shop.Push("Sell green tea", "tea");
        await talk.Shop.SettleAsync();
        var before = talk.Shop.Calls.Count;

        (await talk.AskAsync($"/deploy one,two,three,four,five,six,seven,eight,nine,ten {older}")).ShouldContain("has no target ten");

        var calls = talk.Shop.Calls.Skip(before).ToList();
        calls.Count(call => call == RepositoryDriver.Create).ShouldBe(3);
        calls.Count(call => call.Contains("/compare/", StringComparison.Ordinal)).ShouldBe(1);
        calls.Count(call => call == RepositoryDriver.Contents).ShouldBeLessThanOrEqualTo(3);
    }

    [Fact]
    public async Task Once_GitHub_does_not_answer_it_is_not_asked_for_the_other_targets()
    {
        var talk = new ConversationDriver(house, string.Concat(Enumerable.Range(0, 12).Select(at => $"t{at}: {{ environment: e{at} }}\n")));
        await talk.Shop.SettleAsync();
        house.GitHub.Faults.Add(new FaultRule { Method = "POST", Route = "/repos/{owner}/{repo}/deployments", ErrorShare = 1, ErrorStatus = 502 });
        var before = talk.Shop.Calls.Count;

        var reply = await talk.AskAsync($"/deploy {string.Join(',', Enumerable.Range(0, 12).Select(at => $"t{at}"))}");

        house.GitHub.Faults.Clear();
        reply.Split('\n').Length.ShouldBe(12, reply);
        talk.Shop.Calls.Skip(before).Count(call => call == RepositoryDriver.Create).ShouldBe(1);
    }

    [Fact]
    public async Task A_failed_deployment_is_a_message_of_its_own_once()
    {
        var talk = new ConversationDriver(house, "staging: { environment: staging }");
        await talk.SayAsync("/deploy staging");

        await talk.ReportAsync("staging", "failure", "Out of tea bags", "https://ci.example/run/7");
        await talk.ReportAsync("staging", "error", "Still out of tea bags");

        var failure = talk.Failures.ShouldHaveSingleItem().ShouldBeDocumented();
        failure.ShouldContain("Out of tea bags");
        RenderedMarkdown.Of(failure).Links.ShouldContain("https://ci.example/run/7");
        talk.TargetComment.ShouldNotBeNull().ShouldContain("could not be deployed");
        talk.Said.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_automatic_deployment_tells_what_it_waits_for_and_goes_on_in_the_same_comment()
    {
        var talk = new ConversationDriver(house, "review:\n  auto_deploy_on: pr\n  environment: review-${{ pr }}\n  required_contexts: [ci]\n  transient_environment: true\n");
        await talk.Shop.SettleAsync();
        talk.TargetComment.ShouldBeDocumented().ShouldContain("Waiting for ci");

        talk.Shop.SetStatus(talk.Head, "ci");
        await talk.Shop.SettleAsync();
        talk.TargetComment.ShouldNotBeNull().ShouldContain("is on its way");
        await talk.ReportAsync("review-1", "failure", "No");
        talk.Failures.ShouldHaveSingleItem();
        await talk.SayAsync("/deploy review");
        await talk.ReportAsync("review-1", "success");
        talk.TargetComment.ShouldNotBeNull().ShouldContain("was deployed");
        talk.World.ClosePullRequest(talk.Repository, talk.Pull, house.Ada);
        await talk.Shop.SettleAsync();

        talk.TargetComment.ShouldBeDocumented().ShouldContain("was closed");
        talk.Said.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_comment_that_was_deleted_is_made_again()
    {
        var talk = new ConversationDriver(house, "staging: { environment: staging }");
        await talk.SayAsync("/deploy staging");
        talk.World.DeleteComment(talk.Repository, talk.Said.ShouldHaveSingleItem(), house.Ada);

        await talk.ReportAsync("staging", "in_progress");
        await talk.ReportAsync("staging", "success");

        talk.Said.ShouldHaveSingleItem().Body.ShouldContain("was deployed");
    }

    [Fact]
    public async Task A_comment_that_would_stay_the_same_is_not_edited()
    {
        var talk = new ConversationDriver(house, "staging: { environment: staging }");
        await talk.SayAsync("/deploy staging");
        var calls = talk.Shop.Calls.Count;

        await talk.ReportAsync("staging", "queued");

        talk.Shop.Calls.Count.ShouldBe(calls);
        await talk.ReportAsync("staging", "queued");
        talk.Shop.Calls.Count.ShouldBe(calls);
    }

    [Fact]
    public async Task What_GitHub_sends_again_is_done_once()
    {
        var talk = new ConversationDriver(house, "staging: { environment: staging }");
        var deploy = await talk.SayAsync("/deploy staging");
        var status = await talk.SayAsync("/status");
        var said = talk.Said.Count;

        foreach (var delivery in talk.World.Webhooks.Deliveries.Where(delivery => delivery.Event == "issue_comment" && delivery.RepositoryId == talk.Repository.Id).ToList())
        {
            talk.World.Webhooks.Redeliver(delivery);
        }

        // As after a crash: the same comment by a delivery that is new to us.
        await talk.SendAgainAsync(deploy, _ => { });
        await talk.SendAgainAsync(status, _ => { });
        await talk.Shop.SettleAsync();

        talk.Said.Count.ShouldBe(said);
        talk.Shop.Deployed.Count.ShouldBe(1);
        ConversationDriver.ReactionsTo(deploy).ShouldBe(["eyes", "rocket"]);
    }

    [Fact]
    public async Task An_answer_that_was_lost_on_the_way_is_found_and_not_given_twice()
    {
        var talk = new ConversationDriver(house, "staging: { environment: staging }");
        await talk.Shop.SettleAsync();
        house.GitHub.Faults.Add(new FaultRule { Method = "POST", Route = "/repos/{owner}/{repo}/issues/{issue_number}/comments", Address = $"/{talk.Shop.Repository.FullName}/", DroppedAnswerShare = 1, Times = 1 });

        var comment = talk.Write("/status");
        await talk.Shop.SettleAsync();

        talk.Said.ShouldHaveSingleItem();
        ConversationDriver.ReactionsTo(comment).ShouldBe(["eyes", "rocket"]);
        house.GitHub.Faults.Clear();
    }

    [Fact]
    public async Task Without_the_right_to_comment_it_is_deployed_all_the_same_and_the_operator_is_told_once()
    {
        var talk = new ConversationDriver(house, "staging: { environment: staging }");
        await talk.Shop.SettleAsync();
        house.GitHub.Faults.Add(new FaultRule { Method = "POST", Route = "/repos/{owner}/{repo}/issues/{issue_number}/comments", ErrorShare = 1, ErrorStatus = 403, ErrorMessage = "Resource not accessible by integration" });

        await talk.SayAsync("/deploy staging");
        await talk.ReportAsync("staging", "failure", "No");

        (await talk.Shop.RowAsync(talk.Head)).State.ShouldBe(DeploymentState.Failure);
        talk.Said.ShouldBeEmpty();
        house.Log.Count(line => line.Contains("Issues: write", StringComparison.Ordinal)).ShouldBe(1);
        house.GitHub.Faults.Clear();
    }

    [Fact]
    public async Task A_target_that_only_the_pull_request_has_takes_effect_once_it_is_merged()
    {
        var talk = new ConversationDriver(house, "staging: { environment: staging }");
        talk.Shop.PushDeployFile("staging: { environment: staging }\npreview: { environment: preview }\n", "tea");

        (await talk.AskAsync("/deploy preview")).ShouldBeDocumented().ShouldContain("takes effect once it is merged");
        talk.Shop.Deployed.ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_the_default_branchs_file_is_broken_that_is_said_however_sound_the_pull_requests_own_is()
    {
        var talk = new ConversationDriver(house, "staging: { environment: staging }");
        talk.Shop.PushDeployFile("staging: { environment: staging }\n", "tea");
        talk.Shop.PushDeployFile("staging:\n  enviroment: staging\n");
        await talk.Shop.SettleAsync();

        var answer = await talk.AskAsync("/deploy staging");

        answer.ShouldContain("did you mean environment?");
        answer.ShouldNotContain("only in this pull request");
    }

    [Fact]
    public async Task A_fork_is_deployed_only_where_the_target_says_so_and_the_head_is_named()
    {
        var talk = new ConversationDriver(house, "review: { environment: review, forks: true }\nstaging: { environment: staging }\n", "fork");

        (await talk.AskAsync("/deploy review")).ShouldBeDocumented().ShouldContain("comes from a fork: name the commit");
        (await talk.AskAsync($"/deploy staging {talk.Head[..7]}")).ShouldBeDocumented().ShouldContain("forks: true");
        (await talk.AskAsync($"/deploy review {talk.World.Read(_ => talk.Repository.Head)}")).ShouldContain("is not the head");
        talk.Shop.Deployed.ShouldBeEmpty();

        await talk.SayAsync($"/deploy review {talk.Head[..7]}");
        talk.Shop.Deployed.ShouldBe([talk.Head]);
    }

    [Theory]
    [InlineData("merged", "instead, which has its commits.")]
    [InlineData("closed", "reopen it to deploy it.")]
    public async Task A_pull_request_that_is_over_is_not_deployed(string state, string told)
    {
        var talk = new ConversationDriver(house, "staging: { environment: staging }", state);

        (await talk.AskAsync("/deploy staging")).ShouldBeDocumented().ShouldContain(told);
        talk.Shop.Deployed.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_broken_file_is_answered_with_its_first_error()
    {
        var talk = new ConversationDriver(house, "staging:\n  enviroment: staging\n");

        (await talk.AskAsync("/deploy staging")).ShouldBeDocumented().ShouldContain("did you mean environment?");
        (await talk.AskAsync("/deploy")).ShouldContain("did you mean environment?");
    }

    [Fact]
    public async Task A_broken_file_is_said_aloud_once_where_it_keeps_commits_from_being_deployed()
    {
        var talk = new ConversationDriver(house, "staging:\n  enviroment: staging\n");
        await talk.Shop.SettleAsync();
        talk.Shop.Push("Sell green tea", "tea");
        await talk.Shop.SettleAsync();
        talk.Said.ShouldHaveSingleItem().Body.Split("\n\n<!--")[0].ShouldBeDocumented().ShouldContain("did you mean environment?");

        talk.Shop.PushDeployFile("staging: { environment: staging }\n");
        talk.Shop.Push("Sell black tea", "tea");
        await talk.Shop.SettleAsync();

        talk.Said.ShouldHaveSingleItem().Body.ShouldStartWith("✅ `.github/deploy.yml` of `main` is sound again.");
    }

    [Fact]
    public async Task What_is_mistyped_is_answered_with_its_usage()
    {
        var talk = new ConversationDriver(house, "staging: { environment: staging }");

        (await talk.AskAsync("/delpoy staging")).ShouldBeDocumented();
        (await talk.AskAsync("/lock staging for 40d")).ShouldBeDocumented();
    }
}
