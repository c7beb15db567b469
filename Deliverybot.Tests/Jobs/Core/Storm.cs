using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Deployment = Deliverybot.Data.Deploying.Deployment;

namespace Deliverybot.Tests.Jobs.Core;

/// <summary>Several repositories whose people all push at once, and what GitHub has to have made of it in the end.</summary>
internal sealed class Storm
{
    private const string Free = "production:\n  auto_deploy_on: refs/heads/*\n";
    private const string Checked = Free + "  required_contexts: [ci]\n";
    private const string Queued = Free + "  queue: all\n";

    private const string Chained =
        """
        staging:
          auto_deploy_on: refs/heads/main
          environment: staging
        production:
          auto_deploy_on: refs/heads/main
          after: [staging]
          required_contexts: [ci]
        """;

    private readonly House house;
    private readonly List<(Repository Repository, string Environment, string Sha)> due = [];
    private readonly List<Repository> free;
    private readonly List<Repository> checkedOnes;
    private readonly List<Repository> queued;
    private readonly List<Repository> chained;

    /// <param name="house">Where; its runner carries out what is deployed.</param>
    /// <param name="each">How many repositories of each kind.</param>
    public Storm(House house, int each)
    {
        this.house = house;
        house.GitHub.Runner.Step = TimeSpan.FromMilliseconds(20);
        house.GitHub.Runner.Enabled = true;
        (free, checkedOnes, queued, chained) = (Of(Free), Of(Checked), Of(Queued), Of(Chained));

        List<Repository> Of(string file) => [.. Enumerable.Range(0, each).Select(_ => house.CreateRepository(file))];
    }

    /// <summary>Pushes and checks, one of each to every repository; each time to another branch where the file lets it.</summary>
    public void Blow(string branch)
    {
        foreach (var repository in free.Concat(queued))
        {
            Due(repository, "production", Push(repository, branch));
        }

        foreach (var repository in checkedOnes)
        {
            Due(repository, "production", Pass(repository, Push(repository, branch)));
        }
    }

    /// <summary>One push that goes through a chain.</summary>
    public void BlowThroughChains()
    {
        foreach (var repository in chained)
        {
            var sha = Pass(repository, Push(repository, "main"));
            Due(repository, "staging", sha);
            Due(repository, "production", sha);
        }
    }

    /// <summary>Awaits that all is deployed and every row knows it, and that nothing was deployed twice.</summary>
    public async Task ShouldEndAsync(TimeSpan patience)
    {
        await house.EventuallyAsync(async () => (await RowsAsync()).Count >= due.Count && (await OpenAsync()).Count == 0, "all is deployed", patience);
        var made = house.World.Read(_ => All.SelectMany(repository => repository.Deployments
            .Select(made => (repository.Name, made.Environment, made.Sha))).Order().ToList());
        made.ShouldBe(due.Select(one => (one.Repository.Name, one.Environment, one.Sha)).Order());
        var ids = house.World.Read(_ => All.SelectMany(repository => repository.Deployments).Select(made => new GitHubDeploymentId(made.Id)).ToHashSet());
        (await RowsAsync()).Where(row => row.GitHubId is not null).Select(row => row.GitHubId!.Value).ShouldBe(ids, ignoreOrder: true);
    }

    private IEnumerable<Repository> All => free.Concat(checkedOnes).Concat(queued).Concat(chained);

    private string Push(Repository repository, string branch) => house.World.Push(repository, branch, house.Ada, $"To {branch}");

    private string Pass(Repository repository, string sha)
    {
        house.World.SetStatus(repository, sha, "ci", "success", house.Ada);
        return sha;
    }

    private void Due(Repository repository, string environment, string sha) => due.Add((repository, environment, sha));

    private Task<List<Deployment>> RowsAsync() => house.ReadAsync(db => db.Deployments.AsNoTracking().ToListAsync());

    private async Task<List<Deployment>> OpenAsync() => (await RowsAsync()).FindAll(row => row.State != DeploymentState.Success && row.State != DeploymentState.Inactive);
}
