using Deliverybot.Tests.Harness;
using Hangfire;
using Hangfire.Storage;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Upkeep;

public sealed class UpkeepScheduleTests(House house) : IClassFixture<House>
{
    [Fact]
    public async Task Every_recurring_job_is_scheduled_and_can_be_made()
    {
        await house.EventuallyAsync(() => Task.FromResult(Recurring().Count == 14), "fourteen jobs recur");

        await using var scope = house.Services.CreateAsyncScope();
        foreach (var recurring in Recurring())
        {
            recurring.LoadException.ShouldBeNull(recurring.Id);
            recurring.NextExecution.ShouldNotBeNull(recurring.Id);
            scope.ServiceProvider.GetRequiredService(recurring.Job.Type);
        }
    }

    private List<RecurringJobDto> Recurring()
    {
        using var connection = house.Services.GetRequiredService<JobStorage>().GetConnection();
        return connection.GetRecurringJobs();
    }
}
