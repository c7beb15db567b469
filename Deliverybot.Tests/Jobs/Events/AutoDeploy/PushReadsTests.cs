using Deliverybot.Tests.Site;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Events.AutoDeploy;

/// <summary>However long the history, a push is decided on by the few rows that matter to it.</summary>
public sealed class PushReadsTests(LongHistory history) : IClassFixture<LongHistory>
{
    private const int MostRows = 100;
    private static readonly string[] Growing = ["deployments", "deployment_steps", "evaluations", "activity"];

    [Fact]
    public async Task A_push_reads_little_more_than_what_stands_in_its_way()
    {
        await history.House.ProcessAsync();
        await history.House.ProcessAsync();
        var before = await PageReads.CountAsync(history.House);
        var sha = history.House.World.Push(history.Repository, "main", history.House.Ada, "Say hello");

        await history.House.ProcessAsync();

        var read = (await PageReads.CountAsync(history.House)).Select(table => table.Since(before)).Where(table => Growing.Contains(table.Table)).ToList();
        history.House.World.Read(_ => history.Repository.Deployments[^1].Sha).ShouldBe(sha);
        read.ShouldContain(table => table.Table == "deployments" && table.ByIndex > 0);
        read.ShouldAllBe(table => table.WithoutIndex == 0 && table.ByIndex <= MostRows);
    }
}
