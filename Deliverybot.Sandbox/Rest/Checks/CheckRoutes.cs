using Deliverybot.Sandbox.Rendering;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Rest.Checks;

/// <summary>https://docs.github.com/en/rest/checks/runs and suites</summary>
internal static class CheckRoutes
{
    public static void Map(RouteTable routes)
    {
        routes.Get("/repos/{owner}/{repo}/commits/{ref}/check-runs", Access.Read("checks"), RunsOfCommit);
        routes.Get("/repos/{owner}/{repo}/commits/{ref}/check-suites", Access.Read("checks"), SuitesOfCommit);
        routes.Get("/repos/{owner}/{repo}/check-suites/{check_suite_id}/check-runs", Access.Read("checks"), RunsOfSuite);
        routes.Get("/repos/{owner}/{repo}/check-suites/{check_suite_id}", Access.Read("checks"), OneSuite);
        routes.Get("/repos/{owner}/{repo}/check-runs/{check_run_id}", Access.Read("checks"), Run);
    }

    private static RestAnswer RunsOfCommit(RestCall call)
    {
        var commit = call.Commit(call.Route("ref"));
        return Filtered(call, call.Query("filter") == "all"
            ? call.Repository.Runs.Where(run => run.Sha == commit.Sha)
            : GitHubWorld.LatestRuns(call.Repository, commit.Sha));
    }

    private static RestAnswer RunsOfSuite(RestCall call)
    {
        var runs = Suite(call).Runs;
        return Filtered(call, call.Query("filter") == "all" ? runs : runs.GroupBy(run => run.Name).Select(group => group.Last()));
    }

    private static RestAnswer Filtered(RestCall call, IEnumerable<CheckRun> runs)
    {
        var name = call.Query("check_name");
        var status = call.Query("status");
        var app = call.Query("app_id");
        var chosen = runs
            .Where(run => name is null || run.Name == name)
            .Where(run => status is null || run.Status == status)
            .Where(run => app is null || run.Suite.App.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) == app)
            .OrderByDescending(run => run.Id)
            .ToList();
        return call.List(chosen, run => CheckJson.Run(call.World, call.Repository, run), "check_runs");
    }

    private static RestAnswer SuitesOfCommit(RestCall call)
    {
        var commit = call.Commit(call.Route("ref"));
        var suites = call.Repository.Suites.Where(suite => suite.Sha == commit.Sha).ToList();
        return call.List(suites, suite => CheckJson.SuiteOfList(call.World, call.Repository, suite), "check_suites");
    }

    private static RestAnswer OneSuite(RestCall call) => RestAnswer.Ok(CheckJson.SuiteOfList(call.World, call.Repository, Suite(call)));

    private static RestAnswer Run(RestCall call)
    {
        var id = call.RouteId("check_run_id");
        var run = call.Repository.Runs.FirstOrDefault(item => item.Id == id) ?? throw RestRefusal.NotFound();
        return RestAnswer.Ok(CheckJson.Run(call.World, call.Repository, run));
    }

    private static CheckSuite Suite(RestCall call)
    {
        var id = call.RouteId("check_suite_id");
        return call.Repository.Suites.FirstOrDefault(suite => suite.Id == id) ?? throw RestRefusal.NotFound();
    }
}
