using System.Net;
using Deliverybot.Data.Activity;
using Deliverybot.Data.Deploying;
using Deliverybot.Jobs.Upkeep;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Surfaces.PullRequests;
using Deliverybot.Tests.Jobs.Surfaces.Slack;
using Deliverybot.Tests.Jobs.Upkeep;
using Deliverybot.Tests.Site;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Acts.Failing;

/// <summary>A deployment that nobody reports on any more is said to be silent wherever it is shown, and a person can end that.</summary>
public sealed class SilentTests(House house) : IClassFixture<House>
{
    private const string File = "staging: { environment: staging }\n";
    private const string Words = "Nothing has been heard of it since ";

    [Fact]
    public async Task It_is_said_everywhere_from_half_an_hour_on_and_no_longer_once_it_is_heard_of()
    {
        var slack = new SlackDriver(house);
        await slack.LinkAsync("ada");
        var talk = new ConversationDriver(house, File);
        await talk.SayAsync("/deploy staging");
        await SilentForAsync(talk, minutes: 29);
        await house.RunAsync<UnheardJob>((job, stop) => job.RunAsync(stop));
        (await ShownAsync(talk, slack)).ShouldAllBe(place => !place.Text.Contains("silent", StringComparison.Ordinal) && !place.Text.Contains(Words, StringComparison.Ordinal));

        await SilentForAsync(talk, minutes: 31);
        await house.RunAsync<UnheardJob>((job, stop) => job.RunAsync(stop));

        foreach (var (place, text) in await ShownAsync(talk, slack))
        {
            text.ShouldContain(Words, Case.Sensitive, place);
            text.ShouldContain(place.Contains("Slack", StringComparison.Ordinal) ? "was sent to" : "silent", Case.Sensitive, place);
            text.ShouldNotContain("pending", Case.Insensitive, place);
            text.ShouldNotContain("on its way to", Case.Insensitive, place);
        }

        using var rita = await house.SignInAsync("rita");
        var board = await rita.OpenAsync($"/{talk.Repository.FullName}/environments");
        board.QuerySelector("#board-summary")!.TextContent.ShouldBe("1 environment · 1 silent");
        board.QuerySelector("link[rel=icon]")!.GetAttribute("href").ShouldBe("/favicon.svg");
        board.QuerySelector("form[action$='/fail']").ShouldBeNull();
        (await rita.OpenAsync($"/{talk.Repository.FullName}/deployments?state=silent")).QuerySelectorAll(".deployment-line").ShouldHaveSingleItem();
        (await rita.OpenAsync($"/{talk.Repository.FullName}/deployments?state=under-way")).QuerySelectorAll(".deployment-line").ShouldBeEmpty();

        await talk.ReportAsync("staging", "in_progress");
        (await ShownAsync(talk, slack)).ShouldAllBe(place => !place.Text.Contains("silent", StringComparison.Ordinal) && !place.Text.Contains(Words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_writer_marks_it_as_failed_and_GitHub_hears_so_in_the_persons_name()
    {
        var talk = new ConversationDriver(house, File);
        await talk.SayAsync("/deploy staging");
        await SilentForAsync(talk, minutes: 31);
        using var ada = await house.SignInAsync("ada");
        var row = (await talk.Shop.RowsAsync())[^1];
        (await ada.OpenAsync($"/{talk.Repository.FullName}/environments")).QuerySelector("form[action$='/fail'] input[name=id]")!.GetAttribute("value").ShouldBe($"{row.Id}");
        var page = await ada.OpenAsync($"/{talk.Repository.FullName}/deployments/{row.Id}");
        page.QuerySelector("form[action$='/deploy'] button")!.TextContent.ShouldContain("Deploy again");

        using var asked = await ada.SubmitAsync((AngleSharp.Html.Dom.IHtmlFormElement)page.QuerySelector("form[action$='/fail']")!);
        (await talk.Shop.RowsAsync())[^1].State.ShouldBe(DeploymentState.Pending);
        var question = (await asked.ReadPageAsync()).QuerySelector("form.act-confirm")!;
        question.TextContent.ShouldContain($"{row.Sha.Short} was sent to staging. {Words}");
        question.TextContent.ShouldContain("GitHub is told, in your name, that it ended in an error.");
        question.QuerySelector("[name=reason]").ShouldBeNull();
        using var answer = await ada.SubmitAsync((AngleSharp.Html.Dom.IHtmlFormElement)question);

        (answer.StatusCode, answer.Headers.Location!.OriginalString).ShouldBe((HttpStatusCode.SeeOther, $"/{talk.Repository.FullName}/deployments/{row.Id}"));
        var told = talk.World.Read(_ => talk.Repository.Deployments[^1].Statuses[^1]);
        (told.State, told.Creator.Login).ShouldBe(("error", "ada"));
        told.Description.ShouldStartWith($"Marked as failed by ada. {Words}");
        var marked = (await talk.Shop.RowsAsync())[^1];
        (marked.State, marked.Reason!.ToString(), marked.StatusId).ShouldBe((DeploymentState.Error, told.Description, told.Id));
        var entry = await house.ReadAsync(db => db.Activity.SingleAsync(made => made.DeploymentId == row.Id && made.Act == ActivityKind.MarkedFailed));
        (entry.Actor.Login.Value, entry.Detail.ToString()).ShouldBe(("ada", told.Description[(told.Description.IndexOf(Words, StringComparison.Ordinal))..]));

        await talk.Shop.SettleAsync();
        (await talk.Shop.RowsAsync())[^1].Reason!.Kept.ShouldBe(marked.Reason.Kept);
        (await ada.OpenAsync($"/{talk.Repository.FullName}/activity")).QuerySelector(".activity")!.TextContent.ShouldContain("marked as failed");
        await house.EventuallyAsync(() => Task.FromResult(talk.TargetComment!.Contains("could not be deployed to", StringComparison.Ordinal)), "the pull request says so");
        talk.TargetComment!.ShouldContain("Marked as failed by ada");
        (await ada.OpenAsync($"/{talk.Repository.FullName}/deployments/{row.Id}")).QuerySelector(".timeline")!.TextContent.ShouldContain("Marked as failed by ada");
    }

    [Fact]
    public async Task What_is_not_silent_is_left_with_what_can_be_done_instead()
    {
        var acts = new ActDriver(house, "production:\n  auto_deploy_on: refs/heads/main\nchecked:\n  auto_deploy_on: refs/heads/slow\n  required_contexts: [ci]\n");
        var waiting = await acts.Shop.SettledAsync(acts.Shop.Push("Tea", "slow"));
        var sent = await acts.Shop.SettledAsync(acts.Shop.Push("One"));
        using var ada = await house.SignInAsync("ada");

        (await RefusedAsync(ada, acts, waiting)).ShouldContain("cancel it instead");
        (await RefusedAsync(ada, acts, sent)).ShouldContain("it can be marked as failed from ");
        await acts.SucceedAsync(sent.Sha.Value);
        (await RefusedAsync(ada, acts, sent)).ShouldContain("has ended in production already: deployed.");
        using var unknown = await ada.PostFormAsync($"/{acts.Name}/fail", ("id", "999999999"));
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await acts.ActivityAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_GitHub_does_not_have_yet_can_not_be_told_of_there()
    {
        var acts = new ActDriver(house, "production:\n  auto_deploy_on: refs/heads/main\n");
        var sent = await acts.Shop.SettledAsync(acts.Shop.Push("One"));
        await house.ExecuteAsync(
            $"update deployments set state = 'Creating', github_id = null, status_at = null, deployed_at = null, updated_at = now() - interval '31 minutes' where id = {sent.Id}");
        using var ada = await house.SignInAsync("ada");

        foreach (var page in new[] { "environments", $"deployments/{sent.Id}", $"commit/{sent.Sha}" })
        {
            var shown = await ada.OpenAsync($"/{acts.Name}/{page}");
            shown.QuerySelector("main")!.TextContent.ShouldContain("silent", Case.Insensitive, page);
            shown.QuerySelector("form[action$='/fail']").ShouldBeNull(page);
        }

        (await RefusedAsync(ada, acts, sent)).ShouldContain("GitHub hasn't said yet whether it made the deployment");
    }

    [Fact]
    public async Task What_GitHub_knows_and_nobody_heard_of_is_taken_up_instead()
    {
        var acts = new ActDriver(house, "production:\n  auto_deploy_on: refs/heads/main\n");
        var sent = await acts.Shop.SettledAsync(acts.Shop.Push("One"));
        await acts.SucceedAsync(sent.Sha.Value);
        await using (var lost = house.Database.Source.CreateCommand(
            $"update deployments set state = 'Pending', status_id = 0, status_at = now() - interval '31 minutes', succeeded_at = null, ended_at = null where id = {sent.Id}"))
        {
            await lost.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        using var ada = await house.SignInAsync("ada");

        (await RefusedAsync(ada, acts, sent)).ShouldContain("GitHub knows more of");

        (await acts.Shop.RowsAsync())[^1].State.ShouldBe(DeploymentState.Success);
        acts.Shop.Repository.Deployments[^1].Statuses[^1].State.ShouldBe("success");
        (await acts.ActivityAsync()).ShouldBeEmpty();
    }

    private static async Task<string> RefusedAsync(HttpClient by, ActDriver acts, Deployment row)
    {
        using var answer = await by.PostFormAsync($"/{acts.Name}/fail", ("id", $"{row.Id}"));
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        return (await answer.ReadPageAsync()).Body!.TextContent;
    }

    private Task SilentForAsync(ConversationDriver talk, int minutes) => house.ExecuteAsync(
        $"update deployments set deployed_at = now() - interval '{minutes} minutes' where repository_id = {talk.Repository.Id} and status_at is null");

    private async Task<IReadOnlyList<(string Place, string Text)>> ShownAsync(ConversationDriver talk, SlackDriver slack)
    {
        using var rita = await house.SignInAsync("rita");
        var row = (await talk.Shop.RowsAsync())[^1];
        var name = talk.Repository.FullName;
        return
        [
            ("commits", (await rita.OpenAsync($"/{name}/branch/tea")).QuerySelector("#commits .placements a")!.TextContent),
            ("board", (await rita.OpenAsync($"/{name}/environments")).QuerySelector("#board")!.TextContent),
            ("deployment", Text(await rita.OpenAsync($"/{name}/deployments/{row.Id}"), ".badge-state", "#story > .note.tone-wait")),
            ("deployments", (await rita.OpenAsync($"/{name}/deployments")).QuerySelector("#lines")!.TextContent),
            ("commit", Text(await rita.OpenAsync($"/{name}/commit/{row.Sha}"), "#record .badge-state", "#record .record-reason")),
            ("pull request", talk.TargetComment!),
            ("/status", await talk.AskAsync("/status")),
            ("Slack", string.Join('\n', (await slack.AskAsync("ada", $"status {name}")).Texts.Select(text => text.Text))),
        ];
    }

    private static string Text(AngleSharp.Html.Dom.IHtmlDocument page, params string[] parts) =>
        string.Join('\n', parts.SelectMany(part => page.QuerySelectorAll(part)).Select(part => part.TextContent));
}
