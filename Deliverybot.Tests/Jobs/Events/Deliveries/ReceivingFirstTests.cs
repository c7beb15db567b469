using Deliverybot.Data.Names;
using Deliverybot.Jobs.Events.Deliveries;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Events.Deliveries;

public sealed class ReceivingFirstTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly DeliveryInbox _inbox;
    private readonly ReceivingFirst _receiving;

    public ReceivingFirstTests()
    {
        _inbox = new DeliveryInbox(_time);
        _receiving = new ReceivingFirst(_inbox, _time);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Work_begins_at_once_where_few_arrive()
    {
        await _receiving.StartAsync(Stop);
        Arrive(5);

        _receiving.BeginAsync("acme", Stop).IsCompletedSuccessfully.ShouldBeTrue();
        _inbox.IsCrowded.ShouldBeFalse();
    }

    [Fact]
    public async Task While_many_arrive_work_waits_and_who_has_least_of_it_goes_first()
    {
        await _receiving.StartAsync(Stop);
        Arrive(6);
        Task[] flood = [.. Enumerable.Range(0, 5).Select(_ => _receiving.BeginAsync("mallory", Stop))];
        var lone = _receiving.BeginAsync("acme", Stop);

        flood.ShouldAllBe(begin => !begin.IsCompleted);
        await PassUntilAsync(lone);

        flood.Count(begin => begin.IsCompleted).ShouldBe(1);
        await PassUntilAsync(flood[4]);
        flood.ShouldAllBe(begin => begin.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task It_goes_on_at_once_when_they_cease()
    {
        await _receiving.StartAsync(Stop);
        Arrive(6);
        Task[] waiting = [.. Enumerable.Range(0, 50).Select(_ => _receiving.BeginAsync("acme", Stop))];

        await PassUntilAsync(Task.WhenAll(waiting), arriving: 0);

        _receiving.BeginAsync("acme", Stop).IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task Who_gives_up_waiting_takes_nobodys_place()
    {
        await _receiving.StartAsync(Stop);
        Arrive(6);
        using var given = new CancellationTokenSource();
        var gone = _receiving.BeginAsync("acme", given.Token);
        var next = _receiving.BeginAsync("acme", Stop);

        await given.CancelAsync();
        await PassUntilAsync(next);

        gone.IsCanceled.ShouldBeTrue();
    }

    [Fact]
    public async Task Nothing_waits_for_a_process_that_stops()
    {
        await _receiving.StartAsync(Stop);
        Arrive(6);
        var waiting = _receiving.BeginAsync("acme", Stop);

        await _receiving.StopAsync(Stop);

        await waiting.WaitAsync(TimeSpan.FromSeconds(30), Stop);
        _receiving.BeginAsync("acme", Stop).IsCompletedSuccessfully.ShouldBeTrue();
    }

    public async ValueTask DisposeAsync()
    {
        await _receiving.StopAsync(CancellationToken.None);
        _receiving.Dispose();
    }

    /// <summary>Nobody stores them, so they wait.</summary>
    private void Arrive(int count)
    {
        for (var delivery = 0; delivery < count; delivery++)
        {
            _ = _inbox.AddAsync(
                new ReceivedDelivery(new WebhookDeliveryGuid(Guid.NewGuid()), "push", Repository: null, Installation: null, [], _time.GetUtcNow(), CountsOnce: false), Stop);
        }
    }

    /// <summary>A millisecond after the other, with as many that arrive in each.</summary>
    private async Task PassUntilAsync(Task begun, int arriving = 1)
    {
        while (!begun.IsCompleted)
        {
            Stop.ThrowIfCancellationRequested();
            Arrive(arriving);
            _time.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }
    }
}
