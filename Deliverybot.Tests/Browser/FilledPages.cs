using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs;
using Deliverybot.Tests.Site;

namespace Deliverybot.Tests.Browser;

/// <summary>Repositories whose pages have something to show: what is live, what failed, what waits, a lock, a sound file and a broken one.</summary>
/// <param name="Repository">The full name of the one where all that is.</param>
/// <param name="Sha">A commit that has been deployed.</param>
/// <param name="Deployment">One of its deployments.</param>
/// <param name="Broken">The full name of the one whose deploy.yml has faults.</param>
/// <param name="Empty">The full name of the one that has none.</param>
internal sealed record FilledPages(string Repository, string Sha, long Deployment, string Broken, string Empty)
{
    private const string DeployFile =
        """
        deliverybot:
          time_zone: Europe/Berlin
          freeze:
            - { from: 2026-01-01, until: 2096-12-31, reason: it was sold, environments: [eu] }
            - { from: 2020-12-19, until: 2021-01-04, reason: Christmas }
        eu:
          environment: eu
        us:
          environment: us
          window: [1st sat 02:00-02:01, mon-fri 09:00-17:00]
        staging:
          environment: staging
          auto_deploy_on: refs/heads/main
        production:
          environment: production
          auto_deploy_on: refs/heads/main
          required_contexts: [ci]
          after: [staging]
        """;

    private const string BrokenFile =
        """
        production:
          environment: 7
          auto_deploy: refs/heads/main
        """;

    private static readonly string Unbroken = new('o', 150);

    /// <summary>Where somebody who may write finds forms, and somebody who may only read finds none.</summary>
    public IReadOnlyList<string> WithForms =>
        [$"/{Repository}", $"/{Repository}/commit/{Sha}", $"/{Repository}/environments", $"/{Repository}/deployments/{Deployment}", $"/{Repository}/config"];

    /// <summary>Every page of a repository.</summary>
    public IReadOnlyList<string> OfRepository =>
    [
        .. WithForms,
        $"/{Repository}/deployments", $"/{Repository}/deployments?environment=production&state=failed",
        $"/{Broken}/config", $"/{Empty}/config", $"/{Empty}", $"/{Empty}/environments", $"/{Empty}/deployments",
        $"/{Repository}/difference?environment=production", $"/{Empty}/difference",
        $"/{Repository}/metrics", $"/{Empty}/metrics", $"/{Repository}/activity", $"/{Empty}/activity",
    ];

    public static async Task<FilledPages> FillAsync(House house)
    {
        var repository = new RepositoryDriver(house, DeployFile);
        var tea = repository.Push($"Sell tea {Unbroken}");
        await repository.SettleAsync();
        repository.Report(tea, "success");
        await repository.SettleAsync();
        var coffee = repository.Push($"Sell coffee {Unbroken}\n\nOf every kind, see https://example.com/{Unbroken}.");
        await repository.SettleAsync();
        repository.SetStatus(coffee, "ci");
        repository.Report(coffee, "failure", "The machine is broken.");
        await repository.SettleAsync();
        repository.Push($"Sell cocoa {Unbroken}");
        await repository.SettleAsync();
        using var ada = await house.SignInAsync("ada");
        (await ada.PostFormAsync($"/{repository.Repository.FullName}/lock", ("environment", "production"), ("reason", "stock-taking"), ("hours", "2"))).Dispose();
        return new FilledPages(
            repository.Repository.FullName,
            coffee,
            (await repository.RowAsync(coffee)).Id.Value,
            house.CreateRepository(BrokenFile).FullName,
            house.CreateRepository().FullName);
    }
}
