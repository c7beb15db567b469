using System.Diagnostics;
using Deliverybot.Sandbox;
using Deliverybot.Sandbox.Processes;
using Deliverybot.Sandbox.TryOut;
using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Events.Deliveries;

/// <summary>The Site as a process of its own, killed as a power cut would.</summary>
public sealed class CrashTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const int Pushes = 120;

    [Fact]
    public async Task A_killed_site_loses_nothing_and_does_nothing_twice()
    {
        var stop = TestContext.Current.CancellationToken;
        var options = new TryOutOptions { SitePort = FreePorts.Next(), Port = 0 };
        await using var github = await SandboxServer.StartAsync(
            new SandboxServerOptions { WebhookUrl = new Uri(options.SiteUrl, "/_/webhooks/github") }, stop);
        var settings = new Dictionary<string, string>(SiteEnvironment.Of(options, github.App, database.ConnectionString))
        {
            ["GitHub__Url"] = github.Url.GetLeftPart(UriPartial.Authority),
        };
        github.World.Webhooks.Paused = true;
        var repositories = Town(github.World, out var ada);
        for (var push = 0; push < Pushes; push++)
        {
            github.World.Push(repositories[push % repositories.Count], $"branch-{push}", ada, $"Change {push}");
        }

        await using (var first = await StartAsync(settings, options, stop))
        {
            github.World.Webhooks.Paused = false;
            await UntilAsync(() => Task.FromResult(Made(repositories).Count >= Pushes / 5), stop);
            Process.GetProcessById(first.Id).Kill();
            await first.Ended;
        }

        Made(repositories).Count.ShouldBeLessThan(Pushes);
        await github.World.Webhooks.WaitUntilDeliveredAsync(stop);
        await using var second = await StartAsync(settings, options, stop);
        // What reached nobody while the Site was down is sent again, as GitHub does when it is asked to.
        foreach (var lost in github.World.Webhooks.Deliveries.Where(delivery => delivery.StatusCode != 202).ToList())
        {
            github.World.Webhooks.Redeliver(lost);
        }

        await UntilAsync(async () => Made(repositories).Count >= Pushes && await UnprocessedAsync(stop) == 0, stop);
        Made(repositories).Count.ShouldBe(Pushes);
        Made(repositories).Distinct().Count().ShouldBe(Pushes);
    }

    private static List<Repository> Town(GitHubWorld world, out Account ada)
    {
        ada = world.CreateUser("ada");
        var acme = world.CreateOrganisation("acme", ada);
        world.Install(acme);
        var files = new Dictionary<string, string> { [".github/deploy.yml"] = "all:\n  auto_deploy_on: refs/heads/branch-*\n" };
        return [.. Enumerable.Range(0, 12).Select(number => world.CreateRepository(acme, $"shop-{number}", files))];
    }

    private static List<string> Made(List<Repository> repositories) =>
        [.. repositories.SelectMany(repository => repository.Deployments.Select(deployment => deployment.Sha))];

    private static async Task<SiteProcess> StartAsync(Dictionary<string, string> settings, TryOutOptions options, CancellationToken stop)
    {
        var site = SiteProcess.Start(settings, Path.Combine(Path.GetTempPath(), $"deliverybot-crash-{Guid.NewGuid():N}.log"));
        using var probe = new HttpClient();
        await UntilAsync(
            async () =>
            {
                try
                {
                    using var answer = await probe.GetAsync(new Uri(options.SiteUrl, "/_/health/ready"), stop);
                    return answer.IsSuccessStatusCode;
                }
                catch (HttpRequestException) when (!site.Ended.IsCompleted)
                {
                    return false;
                }
            },
            stop);
        return site;
    }

    private async Task<long> UnprocessedAsync(CancellationToken stop)
    {
        await using var command = database.Source.CreateCommand("select count(*) from webhook_deliveries where processed_at is null");
        return (long)(await command.ExecuteScalarAsync(stop))!;
    }

    private static async Task UntilAsync(Func<Task<bool>> isTrue, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(TimeSpan.FromMinutes(3));
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await isTrue())
        {
            await look.WaitForNextTickAsync(limit.Token);
        }
    }
}
