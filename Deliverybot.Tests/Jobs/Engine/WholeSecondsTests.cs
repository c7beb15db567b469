using Deliverybot.Jobs.Core;
using Deliverybot.Tests.Harness;
using Hangfire;
using Hangfire.States;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Engine;

public sealed class WholeSecondsTests(House house) : IClassFixture<House>
{
    [Theory]
    [InlineData(0.9, 1)]
    [InlineData(0.1, 1)]
    [InlineData(0, 0)]
    public async Task A_job_never_comes_before_the_time_for_which_it_is_scheduled(double fraction, double kept)
    {
        var hour = new DateTimeOffset(DateTimeOffset.UtcNow.Date.AddDays(1), TimeSpan.Zero);
        var jobs = house.Services.GetRequiredService<IBackgroundJobClientV2>();

        var id = jobs.Create<EvaluateDeploymentJob>(
            job => job.RunAsync("mallory/shop", 1_000_000, CancellationToken.None), new ScheduledState(hour.AddSeconds(fraction).UtcDateTime) { Reason = "It waits." });

        var score = await house.ReadAsync(db => db.Database.SqlQuery<double>($"""select score as "Value" from hangfire.set where key = 'schedule' and value = {id}""").SingleAsync(TestContext.Current.CancellationToken));
        DateTimeOffset.FromUnixTimeSeconds((long)score).ShouldBe(hour.AddSeconds(kept));
        using var connection = house.Services.GetRequiredService<JobStorage>().GetConnection();
        connection.GetStateData(id).Reason.ShouldBe("It waits.");
        jobs.Delete(id);
    }
}
