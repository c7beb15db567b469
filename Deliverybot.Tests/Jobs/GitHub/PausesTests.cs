using System.Net;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.GitHub;

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

        time.Advance(TimeSpan.FromSeconds(4));
        (await pauses.UnlessPausedAsync(repository, "statuses", () => Task.FromResult(true))).ShouldBeTrue();
    }

    [Fact]
    public async Task A_connection_that_breaks_once_puts_the_next_call_off_by_seconds_and_a_lasting_fault_by_up_to_a_quarter_of_an_hour()
    {
        var time = new FakeTimeProvider();
        var pauses = new Pauses(time);
        var lengths = new List<TimeSpan>();
        for (var call = 0; call < 12; call++)
        {
            await Should.ThrowAsync<OutcomeUnknownException>(
                pauses.UnlessPausedAsync(new RepositoryId(1), "comments", () => Task.FromException<bool>(new OutcomeUnknownException("It broke."))));
            var put = await Should.ThrowAsync<RetryLaterException>(
                pauses.UnlessPausedAsync(new RepositoryId(1), "comments", () => Task.FromResult(true)));
            lengths.Add(put.At - time.GetUtcNow());
            time.Advance(lengths[^1] + TimeSpan.FromSeconds(1));
        }

        lengths[0].ShouldBeLessThan(TimeSpan.FromSeconds(5));
        lengths.ShouldBeInOrder();
        lengths[^1].ShouldBe(TimeSpan.FromMinutes(15));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_was_to_find_out_and_was_refused_or_cut_off_holds_up_nobody(bool refused)
    {
        var time = new FakeTimeProvider();
        var pauses = new Pauses(time);
        var repository = new RepositoryId(1);
        await Should.ThrowAsync<OutcomeUnknownException>(
            pauses.UnlessPausedAsync(repository, "comments", () => Task.FromException<bool>(new OutcomeUnknownException("It broke."))));
        time.Advance(TimeSpan.FromSeconds(4));
        Exception end = refused ? new GitHubRefusedException(HttpStatusCode.Forbidden, "The conversation is locked.", "a comment") : new OperationCanceledException();

        await Should.ThrowAsync<Exception>(pauses.UnlessPausedAsync(repository, "comments", () => Task.FromException<bool>(end)));

        (await pauses.UnlessPausedAsync(repository, "comments", () => Task.FromResult(true))).ShouldBeTrue();
    }
}
