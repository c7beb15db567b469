using Deliverybot.Jobs.Core;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Core;

public sealed class WaitingRoomTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_kind_fills_its_share_and_no_more()
    {
        var room = new WaitingRoom<string>(most: 4, mostOfOne: 2);
        (await room.EnterAsync("mallory", 0, Long, Stop)).ShouldNotBeNull();
        (await room.EnterAsync("mallory", 0, Long, Stop)).ShouldNotBeNull();

        (await room.EnterAsync("mallory", 0, Long, Stop)).ShouldBeNull();
        (await room.EnterAsync("acme", 0, Long, Stop)).ShouldNotBeNull();
        (await room.EnterAsync("globex", 0, Long, Stop)).ShouldNotBeNull();
        (await room.EnterAsync("initech", 0, Long, Stop)).ShouldBeNull();
    }

    [Fact]
    public async Task Who_waits_is_let_in_by_who_leaves_in_the_order_of_coming()
    {
        var room = new WaitingRoom<string>(most: int.MaxValue, mostOfOne: 1);
        var first = await room.EnterAsync("production", 2, Long, Stop);
        var second = room.EnterAsync("production", 2, Long, Stop);
        var third = room.EnterAsync("production", 2, Long, Stop);
        (await room.EnterAsync("production", 2, Long, Stop)).ShouldBeNull();

        first!.Dispose();
        first.Dispose();
        var let = await second;
        third.IsCompleted.ShouldBeFalse();
        let!.Dispose();

        (await third).ShouldNotBeNull().Dispose();
        room.WaitingFor("production").ShouldBe(0);
    }

    [Fact]
    public async Task Nobody_waits_because_of_another_kind_that_is_full()
    {
        var room = new WaitingRoom<string>(most: 2, mostOfOne: 1);
        var mallory = await room.EnterAsync("mallory", 5, Long, Stop);
        var acme = await room.EnterAsync("acme", 5, Long, Stop);
        var again = room.EnterAsync("mallory", 5, Long, Stop);
        var globex = room.EnterAsync("globex", 5, Long, Stop);

        acme!.Dispose();

        (await globex).ShouldNotBeNull();
        again.IsCompleted.ShouldBeFalse();
        mallory!.Dispose();
        (await again).ShouldNotBeNull();
    }

    [Fact]
    public async Task Who_gives_up_takes_no_place()
    {
        var room = new WaitingRoom<string>(most: 1, mostOfOne: 1);
        var first = await room.EnterAsync("production", 5, Long, Stop);
        using var impatience = new CancellationTokenSource();
        var cancelled = room.EnterAsync("production", 5, Long, impatience.Token);
        (await room.EnterAsync("production", 5, TimeSpan.Zero, Stop)).ShouldBeNull();
        await impatience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => cancelled);
        room.WaitingFor("production").ShouldBe(0);

        first!.Dispose();

        (await room.EnterAsync("production", 0, Long, Stop)).ShouldNotBeNull();
    }
}
