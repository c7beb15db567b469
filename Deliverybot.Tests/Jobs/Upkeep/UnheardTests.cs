using Deliverybot.Jobs.Upkeep;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Surfaces.PullRequests;
using Deliverybot.Tests.Site;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Upkeep;

/// <summary>In a repository in which nobody listens for deployments, they say so, and don't wait seven days without a hint.</summary>
public sealed class UnheardTests(House house) : IClassFixture<House>
{
    private const string File = "staging: { environment: staging }\n";
    private const string Hint = "Nobody has reported on a deployment of this repository yet.";

    [Fact]
    public async Task Where_nobody_has_ever_reported_it_says_so_after_five_minutes()
    {
        var talk = new ConversationDriver(house, File);
        await talk.SayAsync("/deploy staging");
        talk.TargetComment!.ShouldNotContain("Nobody has reported");
        await SilentForAsync(talk, minutes: 4);
        (await ShownAsync(talk)).ShouldAllBe(text => !text.Contains(Hint));

        await SilentForAsync(talk, minutes: 6);

        (await ShownAsync(talk)).ShouldAllBe(text => text.Contains(Hint));
        await house.RunAsync<UnheardJob>((job, stop) => job.RunAsync(stop));
        talk.TargetComment!.ShouldContain("Nobody has reported on a deployment of this repository yet");
        var said = talk.Said.ShouldHaveSingleItem().Body;
        await house.RunAsync<UnheardJob>((job, stop) => job.RunAsync(stop));
        talk.Said.ShouldHaveSingleItem().Body.ShouldBe(said);

        await talk.ReportAsync("staging", "in_progress");
        (await ShownAsync(talk)).ShouldAllBe(text => !text.Contains(Hint));
        talk.TargetComment!.ShouldNotContain("Nobody has reported");
    }

    [Fact]
    public async Task Where_somebody_has_reported_once_silence_is_only_silence()
    {
        var talk = new ConversationDriver(house, File);
        await talk.SayAsync("/deploy staging");
        await talk.ReportAsync("staging", "success");
        talk.Shop.Push("Sell green tea", "tea");
        await talk.SayAsync("/deploy staging");

        await SilentForAsync(talk, minutes: 30);
        await house.RunAsync<UnheardJob>((job, stop) => job.RunAsync(stop));

        (await ShownAsync(talk)).ShouldAllBe(text => !text.Contains(Hint));
        talk.TargetComment!.ShouldNotContain("Nobody has reported");
    }

    private Task SilentForAsync(ConversationDriver talk, int minutes) => house.ExecuteAsync(
        $"update deployments set deployed_at = now() - interval '{minutes} minutes' where repository_id = {talk.Repository.Id} and status_at is null");

    /// <summary>The board and the page of the newest deployment.</summary>
    private async Task<IReadOnlyList<string>> ShownAsync(ConversationDriver talk)
    {
        using var rita = await house.SignInAsync("rita");
        var row = (await talk.Shop.RowsAsync())[^1];
        return
        [
            (await rita.OpenAsync($"/{talk.Repository.FullName}/environments")).Body!.TextContent,
            (await rita.OpenAsync($"/{talk.Repository.FullName}/deployments/{row.Id}")).Body!.TextContent,
        ];
    }
}
