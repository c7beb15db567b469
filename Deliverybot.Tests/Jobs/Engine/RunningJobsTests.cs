using Deliverybot.Jobs.Engine;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Engine;

public sealed class RunningJobsTests
{
    [Fact]
    public void An_account_with_many_jobs_takes_no_reserved_worker()
    {
        var running = new RunningJobs(reserved: 5, others: 15);
        for (var job = 0; job < 15; job++)
        {
            running.Begin($"mallory-{job}", "mallory");
        }

        running.MayTakeReserved("mallory-15", "mallory").ShouldBeFalse();
        running.MayTakeReserved("acme-1", "acme").ShouldBeTrue();
    }

    [Fact]
    public void However_many_accounts_come_the_next_finds_a_worker_while_there_are_some()
    {
        var running = new RunningJobs(reserved: 5, others: 15);
        string[] taken = [.. Enumerable.Range(0, 20).Select(job => $"first-{job}").Where(job => running.MayTakeReserved(job, "first"))];

        taken.Length.ShouldBe(3);
        running.MayTakeReserved("second-1", "second").ShouldBeTrue();
        running.MayTakeReserved("second-2", "second").ShouldBeFalse();
        running.MayTakeReserved("third-1", "third").ShouldBeTrue();
        running.MayTakeReserved("fourth-1", "fourth").ShouldBeFalse();
    }

    [Fact]
    public void What_has_ended_makes_room()
    {
        var running = new RunningJobs(reserved: 1, others: 2);
        running.MayTakeReserved("1", "acme").ShouldBeTrue();
        running.MayTakeReserved("1", "acme").ShouldBeTrue();
        running.Begin("1", "acme");
        running.MayTakeReserved("2", "globex").ShouldBeFalse();

        running.End("1");

        running.MayTakeReserved("2", "globex").ShouldBeTrue();
    }

    [Fact]
    public void A_few_jobs_of_one_account_go_ahead_of_what_another_has_left_over()
    {
        var running = new RunningJobs(reserved: 1, others: 4);
        for (var job = 0; job < 2; job++)
        {
            running.Begin($"mallory-{job}", "mallory");
        }

        running.OverflowOf("mallory").ShouldBe(Overflow.Rest);
        Enumerable.Range(0, 50).Count(_ => running.OverflowOf("acme") is Overflow.Ahead).ShouldBe(30);
    }

    [Fact]
    public void While_hardly_a_worker_is_free_they_ask_again()
    {
        var running = new RunningJobs(reserved: 1, others: 4);
        for (var job = 0; job < 3; job++)
        {
            running.Begin($"mallory-{job}", "mallory");
        }

        running.OverflowOf("mallory").ShouldBe(Overflow.Rest);
        Enumerable.Range(0, 50).Count(_ => running.OverflowOf("acme") is Overflow.AskAgain).ShouldBe(30);
    }

    [Fact]
    public void What_is_worked_on_without_a_job_counts_in_the_share_of_its_account_and_makes_nobody_busy()
    {
        var running = new RunningJobs(reserved: 3, others: 20);
        var lanes = Enumerable.Range(0, 10).Where(lane => running.TryBeginInLane($"lane {lane}", "mallory", most: 6, mostOfAccount: 4)).ToList();

        lanes.Count.ShouldBe(4);
        running.MayTakeReserved("1", "mallory").ShouldBeFalse();
        running.OverflowOf("mallory").ShouldBe(Overflow.Ahead);
        running.MayTakeReserved("2", "acme").ShouldBeTrue();
        running.TryBeginInLane("acme 1", "acme", most: 6, mostOfAccount: 4).ShouldBeTrue();
        running.TryBeginInLane("globex 1", "globex", most: 6, mostOfAccount: 4).ShouldBeTrue();
        running.TryBeginInLane("globex 2", "globex", most: 6, mostOfAccount: 4).ShouldBeFalse();

        lanes.ForEach(lane => running.End($"lane {lane}"));

        running.MayTakeReserved("1", "mallory").ShouldBeTrue();
    }
}
