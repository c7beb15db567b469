using System.Text.Json.Nodes;
using Deliverybot.Sandbox.Rendering;

namespace Deliverybot.Sandbox.World;

public sealed partial class GitHubWorld
{
    // The worst of a suite's runs decides.
    private static readonly string[] BySeverity = ["failure", "timed_out", "cancelled", "action_required", "stale", "success"];

    /// <param name="state">GitHub's word: success, pending, failure or error.</param>
    public CommitStatus SetStatus(
        Repository repository,
        string sha,
        string context,
        string state,
        Account? creator = null,
        string? description = null,
        string? targetUrl = null)
    {
        lock (Gate)
        {
            var status = new CommitStatus(NextId(), sha, context, state, description, targetUrl, creator ?? ActionsBot, Now());
            repository.StatusList.Add(status);
            Emit("status", repository, status.Creator, StatusJson.Event(this, repository, status));
            return status;
        }
    }

    /// <summary>Starts a run in the App's newest suite of that commit, or in a new one.</summary>
    /// <param name="needs">Runs of the suite without whose success this one ends as <c>skipped</c>.</param>
    public CheckRun StartCheck(
        Repository repository,
        string sha,
        string name,
        CheckApp? app = null,
        bool newSuite = false,
        IReadOnlyList<string>? needs = null)
    {
        lock (Gate)
        {
            app ??= CheckApp.GitHubActions;
            var suite = newSuite ? null : repository.Suites.LastOrDefault(candidate => candidate.Sha == sha && candidate.App.Id == app.Id);
            if (suite is null)
            {
                suite = new CheckSuite
                {
                    Id = NextId(),
                    Sha = sha,
                    Branch = repository.Heads.FirstOrDefault(head => head.Value == sha).Key,
                    App = app,
                    CreatedAt = Now(),
                };
                repository.Suites.Add(suite);
            }

            return AddRun(repository, suite, name, needs ?? []);
        }
    }

    /// <summary>Starts a run in that suite, as a workflow that is run again does.</summary>
    public CheckRun StartCheckIn(Repository repository, CheckSuite suite, string name)
    {
        lock (Gate)
        {
            return AddRun(repository, suite, name, needs: []);
        }
    }

    /// <summary>Ends a run, and what follows from it: runs that need it are skipped if it failed, and the suite ends with its last run.</summary>
    /// <param name="conclusion">success, failure, neutral, skipped, cancelled, timed_out, action_required or stale.</param>
    public void FinishCheck(Repository repository, CheckRun run, string conclusion)
    {
        lock (Gate)
        {
            run.Status = "completed";
            run.Conclusion = conclusion;
            run.CompletedAt = Now();
            EmitCheckRun(repository, run, "completed");
            if (conclusion != "success")
            {
                foreach (var dependent in run.Suite.Runs.Where(other => other.Status != "completed" && other.Needs.Contains(run.Name)).ToList())
                {
                    FinishCheck(repository, dependent, "skipped");
                }
            }

            if (run.Suite.Status != "completed" && run.Suite.Runs.All(other => other.Status == "completed"))
            {
                EndSuite(repository, run.Suite);
            }
        }
    }

    /// <summary>The newest status of each context.</summary>
    internal static IReadOnlyList<CommitStatus> LatestStatuses(Repository repository, string sha) =>
        repository.StatusList.Where(status => status.Sha == sha)
            .GroupBy(status => status.Context, StringComparer.Ordinal)
            .Select(group => group.Last())
            .ToList();

    /// <summary>The newest run of each name in each suite: GitHub's <c>filter=latest</c> compares the runs of one suite only.</summary>
    internal static IReadOnlyList<CheckRun> LatestRuns(Repository repository, string sha) =>
        repository.Runs.Where(run => run.Sha == sha)
            .GroupBy(run => (run.Suite.Id, run.Name))
            .Select(group => group.Last())
            .ToList();

    private static string ConclusionOf(CheckSuite suite)
    {
        var conclusions = suite.Runs.GroupBy(run => run.Name).Select(group => group.Last().Conclusion).ToList();
        return BySeverity.FirstOrDefault(conclusions.Contains)
            ?? (conclusions.Contains("neutral") ? "neutral" : "skipped");
    }

    private void EndSuite(Repository repository, CheckSuite suite)
    {
        suite.Status = "completed";
        suite.Conclusion = ConclusionOf(suite);
        suite.UpdatedAt = Now();
        Emit("check_suite", repository, ActionsBot, new JsonObject
        {
            ["action"] = "completed",
            ["check_suite"] = CheckJson.FullSuite(this, repository, suite),
        });
    }

    private void EmitCheckRun(Repository repository, CheckRun run, string action) =>
        Emit("check_run", repository, ActionsBot, new JsonObject
        {
            ["action"] = action,
            ["check_run"] = CheckJson.Run(this, repository, run, withSuite: true),
        });

    private CheckRun AddRun(Repository repository, CheckSuite suite, string name, IReadOnlyList<string> needs)
    {
        var run = new CheckRun
        {
            Id = NextId(),
            Name = name,
            Suite = suite,
            StartedAt = Now(),
            Needs = needs,
            Status = needs.Count > 0 ? "queued" : "in_progress",
        };
        suite.Runs.Add(run);
        suite.Status = "in_progress";
        suite.Conclusion = null;
        suite.UpdatedAt = Now();
        repository.Runs.Add(run);
        EmitCheckRun(repository, run, "created");
        return run;
    }
}
