using System.Text.Json.Nodes;
using Deliverybot.Sandbox.Rendering;

namespace Deliverybot.Sandbox.World;

public sealed partial class GitHubWorld
{
    /// <summary>The deployment that GitHub files by itself when an Actions job names an <c>environment:</c>.</summary>
    /// <param name="repository">Where.</param>
    /// <param name="reference">The ref that the job runs for.</param>
    /// <param name="environment">Which it names.</param>
    /// <param name="runsFor">The event that its workflow runs for; null: GitHub sends none.</param>
    public Deployment CreateActionsDeployment(Repository repository, string reference, string environment, string? runsFor = "deployment")
    {
        lock (Gate)
        {
            var request = new DeploymentRequest { Ref = reference, Environment = environment, RequiredContexts = [], AutoMerge = false };
            var commit = repository.Resolve(reference) ?? throw new ArgumentException($"No ref found for: {reference}", nameof(reference));
            return AddDeployment(repository, request, commit, ActionsBot, byApp: false, runsFor);
        }
    }

    /// <summary>A deployment made by somebody else than the App, say by a script with a person's token.</summary>
    public Deployment CreateDeployment(Repository repository, string reference, string environment, Account creator, JsonNode? payload = null)
    {
        lock (Gate)
        {
            var request = new DeploymentRequest { Ref = reference, Environment = environment, RequiredContexts = [], AutoMerge = false, Payload = payload };
            var commit = repository.Resolve(reference) ?? throw new ArgumentException($"No ref found for: {reference}", nameof(reference));
            return AddDeployment(repository, request, commit, creator, byApp: false);
        }
    }

    /// <param name="state">error, failure, inactive, in_progress, queued, pending or success; of an Actions job also waiting, which the API refuses.</param>
    public DeploymentStatus SetDeploymentStatus(
        Repository repository,
        Deployment deployment,
        string state,
        Account? creator = null,
        string description = "",
        string logUrl = "",
        string environmentUrl = "",
        bool autoInactive = true) =>
        SetDeploymentStatus(
            repository, deployment, state, creator ?? ActionsBot, description, logUrl, environmentUrl, autoInactive, byApp: false, environment: null);

    // https://docs.github.com/en/rest/deployments/deployments#create-a-deployment
    internal DeploymentOutcome RequestDeployment(Repository repository, DeploymentRequest request, Account creator)
    {
        lock (Gate)
        {
            if (repository.Resolve(request.Ref) is not { } commit)
            {
                return new DeploymentOutcome.NoSuchRef(request.Ref);
            }

            // The name is kept as it was sent, "refs/pull/7/merge" (seen) like "main"; what it means is looked up.
            var branch = request.Ref.StartsWith("refs/heads/", StringComparison.Ordinal) ? request.Ref["refs/heads/".Length..] : request.Ref;
            if (request.AutoMerge && repository.Heads.ContainsKey(branch) && branch != repository.DefaultBranch)
            {
                var message = $"Merge {repository.DefaultBranch} into {branch}";
                switch (Merge(repository, branch, repository.Head, creator, message))
                {
                    case MergeOutcome.Merged:
                        return new DeploymentOutcome.AutoMerged(repository.DefaultBranch, request.Ref);
                    case MergeOutcome.Conflict:
                        return new DeploymentOutcome.MergeConflict(repository.DefaultBranch, request.Ref);
                }
            }

            return UnmetContexts(repository, commit.Sha, request.RequiredContexts) is { } named
                ? new DeploymentOutcome.ChecksUnmet(request.Ref, named)
                : new DeploymentOutcome.Created(AddDeployment(repository, request, commit, creator, byApp: true));
        }
    }

    // https://docs.github.com/en/rest/deployments/statuses#create-a-deployment-status (auto_inactive)
    internal DeploymentStatus SetDeploymentStatus(
        Repository repository,
        Deployment deployment,
        string state,
        Account creator,
        string description,
        string logUrl,
        string environmentUrl,
        bool autoInactive,
        bool byApp,
        string? environment)
    {
        lock (Gate)
        {
            deployment.Environment = environment ?? deployment.Environment;
            var status = AddDeploymentStatus(repository, deployment, state, creator, description, logUrl, environmentUrl, byApp);
            if (state == "success" && autoInactive)
            {
                foreach (var earlier in repository.DeploymentList
                    .TakeWhile(other => other != deployment)
                    .Where(other => other is { Transient: false, Production: false, State: "success" }
                        && string.Equals(other.Environment, deployment.Environment, StringComparison.OrdinalIgnoreCase))
                    .ToList())
                {
                    AddDeploymentStatus(repository, earlier, "inactive", creator, "", "", "", byApp);
                }
            }

            return status;
        }
    }

    /// <summary>
    /// What keeps a deployment from being made; skipped and neutral runs do. What was reported is named, with what is good among it; a
    /// required context of which nobody has reported anything is not (<see href="https://github.com/drevops/vortex/issues/1903"/>,
    /// <see href="https://github.com/atmos/hubot-deploy"/>).
    /// </summary>
    /// <returns>Null where nothing does.</returns>
    private static List<UnmetContext>? UnmetContexts(Repository repository, string sha, IReadOnlyList<string>? required)
    {
        var named = LatestStatuses(repository, sha).Select(status => new UnmetContext(status.Context, status.State))
            .Concat(LatestRuns(repository, sha).Select(run => new UnmetContext(run.Name, run.Conclusion ?? "pending")))
            .Where(told => required?.Contains(told.Context) is not false)
            .ToList();
        return named.All(told => told.State == "success") && required?.All(context => named.Exists(told => told.Context == context)) is not false ? null : named;
    }

    private Deployment AddDeployment(
        Repository repository, DeploymentRequest request, Commit commit, Account creator, bool byApp, string? runsFor = null)
    {
        var known = repository.DeploymentList.LastOrDefault(other =>
            string.Equals(other.Environment, request.Environment, StringComparison.OrdinalIgnoreCase));
        var deployment = new Deployment(Gate)
        {
            Id = NextId(),
            Sha = commit.Sha,
            Ref = request.Ref,
            Task = request.Task,
            Environment = known?.Environment ?? request.Environment,
            OriginalEnvironment = known?.Environment ?? request.Environment,
            Description = request.Description,
            Payload = request.Payload ?? new JsonObject(),
            Transient = request.Transient,
            Production = request.Production ?? string.Equals(request.Environment, "production", StringComparison.OrdinalIgnoreCase),
            Creator = creator,
            ByApp = byApp,
            RunsFor = runsFor,
            CreatedAt = Now(),
            UpdatedAt = Now(),
        };
        repository.DeploymentList.Add(deployment);
        Emit("deployment", repository, creator, new JsonObject
        {
            ["action"] = "created",
            ["deployment"] = DeploymentJson.Of(this, repository, deployment),
            ["workflow"] = null,
            ["workflow_run"] = DeploymentJson.Run(this, repository, deployment),
        });
        return deployment;
    }

    private DeploymentStatus AddDeploymentStatus(
        Repository repository,
        Deployment deployment,
        string state,
        Account creator,
        string description,
        string logUrl,
        string environmentUrl,
        bool byApp)
    {
        var status = new DeploymentStatus(NextId(), state, description, deployment.Environment, logUrl, environmentUrl, creator, byApp, Now());
        deployment.StatusList.Add(status);
        deployment.UpdatedAt = Now();
        Emit("deployment_status", repository, creator, new JsonObject
        {
            ["action"] = "created",
            ["deployment_status"] = DeploymentJson.Status(this, repository, deployment, status),
            ["deployment"] = DeploymentJson.Of(this, repository, deployment),
            ["check_run"] = null,
            ["workflow"] = null,
            ["workflow_run"] = DeploymentJson.Run(this, repository, deployment),
        });
        return status;
    }
}
