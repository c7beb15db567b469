using Deliverybot.Data.Names;
using Deliverybot.Jobs.Channels;
using Deliverybot.Jobs.GitHub;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Channels;

public sealed class PausesTests
{
    [Fact]
    public async Task Many_calls_that_meet_one_fault_make_one_pause()
    {
        var time = new FakeTimeProvider();
        var pauses = new Pauses(time);
        var repository = new RepositoryId(1);
        var answer = new TaskCompletionSource<bool>();
        var calls = Enumerable.Range(0, 8).Select(_ => pauses.UnlessPausedAsync(repository, "statuses", () => answer.Task)).ToList();

        answer.SetException(new RetryLaterException(time.GetUtcNow(), "GitHub answered with 502.") { Holdup = Holdup.Fault });
        foreach (var call in calls)
        {
            await Should.ThrowAsync<RetryLaterException>(call);
        }

        time.Advance(TimeSpan.FromSeconds(21));
        (await pauses.UnlessPausedAsync(repository, "statuses", () => Task.FromResult(true))).ShouldBeTrue();
    }
}
