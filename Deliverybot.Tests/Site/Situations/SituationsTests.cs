using System.Collections.Concurrent;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Surfaces.Slack;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site.Situations;

/// <summary>Whoever looks in one of seven places how a commit stands reads the same: its state, what stands in its way, and what to do.</summary>
public sealed class SituationsTests(House house) : IClassFixture<House>
{
    private const int AtOnce = 4;

    [Fact]
    public async Task All_places_say_of_each_situation_what_is_true()
    {
        var slack = new SlackDriver(house);
        await slack.LinkAsync("ada");
        using var ada = await house.SignInAsync("ada");
        var places = new Places(house, ada, slack);
        var read = new ConcurrentDictionary<Situation, IReadOnlyDictionary<string, Told>>();
        await Parallel.ForEachAsync(AllSituations.List, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken }, async (situation, _) =>
        {
            var stage = new Stage(house, situation.DeployFile);
            await situation.Play(stage);
            read[situation] = await places.ReadAsync(stage, situation);
        });
        var played = AllSituations.List.Select(situation => (situation, read[situation])).ToList();
        List<string> faults = [.. AllSituations.List.SelectMany(situation => Agreement.Faults(situation, read[situation]))];

        played.Count.ShouldBeGreaterThanOrEqualTo(30);
        faults.ShouldBeEmpty(string.Join('\n', faults));
        SituationsPage.ShouldBe(played);
    }
}
