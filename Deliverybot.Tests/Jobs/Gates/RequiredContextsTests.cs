using Deliverybot.Data.Names;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.GitHub.Commits;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Gates;

public sealed class RequiredContextsTests
{
    private static readonly CommitSha Sha = new(new string('a', 40));

    [Theory]
    [InlineData("ci=success", "")]
    [InlineData("ci=neutral", "")]
    [InlineData("ci=skipped", "")]
    [InlineData("", "ci (no result yet)")]
    [InlineData("other=success", "ci (no result yet)")]
    [InlineData("ci=", "ci (pending)")]
    [InlineData("ci=failure", "ci (failure)")]
    [InlineData("ci=timed_out", "ci (timed_out)")]
    [InlineData("ci=action_required", "ci (action_required)")]
    [InlineData("ci=failure ci=success", "")]
    [InlineData("ci=success ci=failure", "ci (failure)")]
    [InlineData("ci=success ci@2=failure", "ci (failure)")]
    [InlineData("ci=success ci@2=skipped", "")]
    [InlineData("build=failure ci=skipped", "ci (skipped because build failed)")]
    [InlineData("build=timed_out ci=skipped", "ci (skipped because build timed out)")]
    [InlineData("build=cancelled ci=skipped", "ci (skipped because build was cancelled)")]
    [InlineData("build=failure ci=neutral", "")]
    [InlineData("build=success ci=skipped", "")]
    [InlineData("build=failure build=success ci=skipped", "")]
    [InlineData("build@2=failure ci=skipped", "")]
    [InlineData("ci=failure ci@2=success", "ci (failure)")]
    [InlineData("ci= ci@2=success", "ci (pending)")]
    [InlineData("ci@2=success ci=", "ci (pending)")]
    [InlineData("ci=cancelled ci@2=skipped", "ci (cancelled)")]
    [InlineData("ci=skipped build=failure ci@2=success", "ci (skipped because build failed)")]
    [InlineData("ci=failure ci=success ci@2=success", "")]
    public void Check_runs_are_judged_by_the_newest_of_each_suite(string runs, string unmet) => Unmet(["ci"], [], RunsOf(runs)).ShouldBe(unmet);

    [Theory]
    [InlineData("Success", "ci=success", "")]
    [InlineData("Success", "ci=skipped", "")]
    [InlineData("Success", "ci=failure", "ci (failure)")]
    [InlineData("Pending", "ci=success", "ci (pending)")]
    [InlineData("Pending", "ci=failure", "ci (failure)")]
    [InlineData("Failure", "ci=success", "ci (failure)")]
    [InlineData("Error", "", "ci (error)")]
    public void A_status_and_a_check_run_of_one_name_must_both_be_good(string status, string runs, string unmet) =>
        Unmet(["ci"], [new CommitStatus(Enum.Parse<CommitState>(status), "ci", null, null, null, DateTimeOffset.UnixEpoch)], RunsOf(runs)).ShouldBe(unmet);

    [Fact]
    public void Every_required_context_is_judged() =>
        Unmet(["ci", "e2e", "lint"], [], RunsOf("ci=success e2e=skipped")).ShouldBe("lint (no result yet)");

    private static string Unmet(string[] required, CommitStatus[] statuses, CheckRun[] runs) =>
        string.Join(", ", RequiredContexts.Judge(required, statuses, runs).Unmet);

    [Theory]
    [InlineData("ci=success e2e=success", "")]
    [InlineData("ci=success e2e=skipped", "e2e")]
    [InlineData("ci=neutral e2e=skipped", "ci,e2e")]
    [InlineData("ci=success ci@2=skipped e2e=success", "ci")]
    [InlineData("ci=skipped ci=success e2e=success", "")]
    public void What_GitHub_counts_as_unmet_though_it_is_good_is_excused(string runs, string excused) =>
        string.Join(',', RequiredContexts.Judge(["ci", "e2e"], [], RunsOf(runs)).Excused.Select(check => check.Context)).ShouldBe(excused);

    /// <summary>Runs as <c>name@suite=conclusion</c>, in their order, all by one app.</summary>
    private static CheckRun[] RunsOf(string text) =>
    [
        .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((run, index) =>
        {
            var (name, conclusion) = run.Split('=') is [var left, var right] ? (left, right) : throw new ArgumentException(run);
            var suite = name.Split('@') is [_, var number] ? long.Parse(number, System.Globalization.CultureInfo.InvariantCulture) : 1;
            return new CheckRun(
                index,
                name.Split('@')[0],
                Sha,
                conclusion.Length == 0 ? CheckRunStatus.InProgress : CheckRunStatus.Completed,
                conclusion.Length == 0 ? null : Enum.Parse<CheckConclusion>(conclusion.Replace("_", "", StringComparison.Ordinal), ignoreCase: true),
                null,
                null,
                null,
                new CheckRun.Numbered(suite),
                new CheckRun.Numbered(1));
        }),
    ];
}
