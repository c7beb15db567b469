using System.Net;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Changes;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.Events.Deliveries;
using Deliverybot.Tests.Harness;
using Hangfire;
using Hangfire.States;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

public sealed class JobDashboardTests(TestPostgreSql postgreSql) : IAsyncLifetime
{
    private const string File = "production:\n  auto_deploy_on: refs/heads/main\n";

    private readonly House house = new(postgreSql) { Roles = "web" };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private IBackgroundJobClientV2 Jobs => house.Services.GetRequiredService<IBackgroundJobClientV2>();

    public ValueTask InitializeAsync() => house.InitializeAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task A_job_leads_to_its_deployment_and_the_deployment_to_its_jobs()
    {
        var (repository, deployment) = await DeployAsync();
        var job = Jobs.Enqueue<TellJob>(tell => tell.RunAsync("commit_status", deployment.Value, null, CancellationToken.None));
        using var ada = await house.SignInAsync("ada");

        var about = await ada.OpenAsync($"/_/jobs/jobs/details/{job}");
        about.Body!.TextContent.ShouldContain($"{repository} → production: Tell the commit status of deployment {deployment}");
        var page = await ada.OpenAsync(about.QuerySelectorAll("a").Single(link => link.TextContent == $"deployment {deployment} to production").GetAttribute("href")!);
        var jobs = await ada.OpenAsync(page.QuerySelectorAll("dd a").Single(link => link.TextContent == "What they did").GetAttribute("href")!);

        var line = jobs.QuerySelectorAll("li a").ShouldHaveSingleItem();
        line.GetAttribute("href").ShouldBe($"/_/jobs/jobs/details/{job}");
        line.TextContent.ShouldBe($"Tell the commit status of deployment {deployment}");
        var commit = house.World.Read(_ => house.World.Repositories.Single(known => known.FullName == repository).Branches["main"]);
        jobs.QuerySelector("main a.mono")!.TextContent.ShouldBe(commit[..7]);
    }

    [Fact]
    public async Task A_job_names_its_webhooks_as_GitHub_does()
    {
        var (repository, deployment) = await DeployAsync();
        var delivery = await house.ReadAsync(db => db.WebhookDeliveries.AsNoTracking().FirstAsync(row => row.Event == "push", Stop));
        var job = Jobs.Enqueue<ProcessDeliveriesJob>(process => process.RunAsync(repository, "push", new[] { delivery.Id }, CancellationToken.None));
        using var ada = await house.SignInAsync("ada");

        var about = await ada.OpenAsync($"/_/jobs/jobs/details/{job}");
        var jobs = await ada.OpenAsync($"/_/jobs-of/{deployment}");

        about.QuerySelectorAll("td > code").ShouldHaveSingleItem().TextContent.ShouldBe(delivery.Guid.ToString());
        jobs.QuerySelectorAll("li a").ShouldHaveSingleItem().TextContent.ShouldBe("Process push");
    }

    [Fact]
    public async Task What_has_failed_says_why_first()
    {
        var (_, deployment) = await DeployAsync();
        var job = Jobs.Create<TellJob>(
            tell => tell.RunAsync("commit_status", deployment.Value, null, CancellationToken.None), new EnqueuedState());
        var storage = house.Services.GetRequiredService<JobStorage>();
        using (var connection = storage.GetConnection())
        {
            connection.SetJobParameter(job, "RetryCount", "99");
        }

        new BackgroundJobClient(storage, new JobFilters(new FailureReasons()))
            .ChangeState(job, new FailedState(new InvalidOperationException("GitHub answered\n<nothing>.")));
        using var ada = await house.SignInAsync("ada");

        var about = await ada.OpenAsync($"/_/jobs/jobs/details/{job}");
        var jobs = await ada.OpenAsync($"/_/jobs-of/{deployment}");

        about.QuerySelectorAll("p.text-danger").ShouldHaveSingleItem().TextContent.ShouldBe("GitHub answered <nothing>.");
        jobs.QuerySelectorAll("li .muted").Select(line => line.TextContent).ShouldContain("GitHub answered <nothing>.");
    }

    [Fact]
    public async Task Who_is_no_operator_finds_no_jobs_of_a_deployment()
    {
        var (repository, deployment) = await DeployAsync();
        using var rita = await house.SignInAsync("rita");

        using var answer = await rita.GetAsync($"/_/jobs-of/{deployment}", Stop);
        var page = await rita.OpenAsync($"/{repository}/deployments/{deployment}");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        page.QuerySelectorAll("dd a").ShouldNotContain(link => link.TextContent == "What they did");
    }

    [Fact]
    public async Task What_a_lock_held_goes_on_before_webhooks_that_came_earlier()
    {
        long[] none = [0];
        var jobs = Enumerable.Range(0, 20)
            .Select(_ => Jobs.Enqueue<ProcessDeliveriesJob>(process => process.RunAsync("acme/flood", "push", none, CancellationToken.None)))
            .ToList();
        var released = Jobs.Enqueue<ReleaseJob>(release => release.RunAsync("production", 1, CancellationToken.None));
        await using var next = house.Database.Source.CreateCommand("select jobid::text from hangfire.jobqueue order by fetchedat nulls first, queue, jobid limit 1");

        jobs.Count.ShouldBe(20);
        (await next.ExecuteScalarAsync(Stop)).ShouldBe(released);
    }

    private async Task<(string Repository, DeploymentId Deployment)> DeployAsync()
    {
        var repository = house.CreateRepository(File);
        house.World.Push(repository, "main", house.Ada, "Sell tea");
        await house.ProcessAsync();
        var row = await house.ReadAsync(db => db.Deployments.AsNoTracking().SingleAsync(each => each.RepositoryId == new RepositoryId(repository.Id), Stop));
        return (repository.FullName, row.Id);
    }
}
