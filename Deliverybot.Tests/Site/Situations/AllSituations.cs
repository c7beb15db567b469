namespace Deliverybot.Tests.Site.Situations;

/// <summary>What may happen to a commit on its way to an environment; each is played from its first push on.</summary>
internal static partial class AllSituations
{
    private const string Auto = "production:\n  auto_deploy_on: refs/heads/main\n";
    private const string Checked = $"{Auto}  required_contexts: [ci]\n";
    private const string Pipeline = $"staging:\n  environment: staging\n  auto_deploy_on: refs/heads/main\n{Auto}  after: [staging]\n";

    public static readonly IReadOnlyList<Situation> List =
    [
        new("A goes out", "on its way", Auto, stage => stage.PushAsync()),
        new("A is being deployed", "deploying", Auto, stage => stage.GoAsync("in_progress")),
        new("A is live", "live", Auto, stage => stage.GoAsync()),
        new("A is live, and B behind it waits", "live", Checked, async stage =>
        {
            await LiveAsync(stage);
            await stage.PushAsync();
        }),
        new("B waits, and A is live", "waiting", Checked, async stage =>
        {
            await LiveAsync(stage);
            await stage.PushAsync();
            stage.Shop.SetStatus(stage.B, "ci", "pending");
            await stage.Shop.SettleAsync();
        }) { Commit = 'B', Because = "Waiting for ci (no result yet).", Next = [Cancel] },
        new("A lacks a required check", "waiting", Checked, stage => stage.PushAsync()) { Because = "Waiting for ci (no result yet).", Next = [Cancel] },
        new("A has failed a required check", "waiting", Checked, async stage =>
        {
            await stage.PushAsync();
            await CheckAsync(stage, stage.A, "failure");
        }) { Because = "ci (failure). A re-run may turn it green.", Next = [Cancel] },
        new("A has a required check that was skipped", "on its way", Checked, async stage =>
        {
            await stage.PushAsync();
            await CheckRunAsync(stage, "skipped");
        }),
        new("A is forced past a check that is pending", "live", Checked, async stage =>
        {
            await stage.PushAsync();
            await stage.DeployAsync(stage.A, force: true);
            await stage.ReportAsync(stage.A, "success");
        }),
        new("A is forced past a check and fails, and its event still waits", "waiting and failed", Checked, async stage =>
        {
            await stage.PushAsync();
            await stage.DeployAsync(stage.A, force: true);
            await stage.ReportAsync(stage.A, "failure", description: "The tests broke.");
            await CheckAsync(stage, stage.A, "failure");
        }) { Because = "The tests broke.", Status = "failed", Next = [Again] },
        new("A fails", "failed", Auto, stage => stage.GoAsync("failure", description: "The tests broke.")) { Because = "The tests broke.", Next = [Again] },
        new("B fails, and A is live", "failed", Auto, async stage =>
        {
            await stage.GoAsync();
            await stage.GoAsync("failure", description: "The tests broke.");
        }) { Commit = 'B', Because = "The tests broke.", Next = [Again, "Roll back to A"] },
        new("A is live, and fails when it is deployed again", "live and failed", Auto, async stage =>
        {
            await stage.GoAsync();
            await stage.DeployAsync(stage.A);
            await stage.ReportAsync(stage.A, "failure", description: "The tests broke.");
        }) { Because = "The tests broke.", Next = [Again] },
        new("Nothing is heard of A", "silent", Auto, async stage =>
        {
            await stage.PushAsync();
            await stage.SilentForAsync(TimeSpan.FromHours(1));
        }) { Because = "Nothing has been heard of it since TIME.", Next = ["Mark as failed", Again] },
        new("A waits for approval at GitHub", "waits for approval at GitHub", Auto, stage => stage.GoAsync("waiting")),
        new("A was not approved at GitHub", "not approved", Auto, async stage =>
        {
            await stage.GoAsync("waiting");
            await stage.ReportAsync(stage.A, "failure", description: "The runner says failure");
        }) { Because = "It was not approved at GitHub.", Next = [Again] },
        new("B stands in the queue behind A", "waiting", $"{Auto}  queue: latest\n", async stage =>
        {
            await stage.GoAsync("in_progress");
            await stage.PushAsync();
        }) { Commit = 'B', Because = "production is busy with A by ada.", Next = [Cancel] },
        new("C takes the place of B in the queue", "superseded", $"{Auto}  queue: latest\n", async stage =>
        {
            await stage.GoAsync("in_progress");
            await stage.PushAsync();
            await stage.PushAsync();
        }) { Commit = 'B', Because = "C is newer in the queue of production.", Next = [Again] },
        new("Grace has locked it, and A waits", "waiting", Auto, async stage =>
        {
            await stage.LockAsync();
            await stage.PushAsync();
        }) { Because = "production is locked by grace: stock-taking.", Kept = Locked, Next = [Unlock, Cancel] },
        new("Grace has locked it for a time, and A waits", "waiting", Auto, async stage =>
        {
            await stage.LockAsync(span: TimeSpan.FromHours(4));
            await stage.PushAsync();
        }) { Because = "production is locked by grace until TIME: stock-taking.", Kept = "locked by grace until TIME: stock-taking", Next = [Unlock, Cancel] },
        new("A is live, and grace has locked it", "live", Auto, async stage =>
        {
            await stage.GoAsync();
            await stage.LockAsync();
        }) { Kept = Locked },
        new("Grace's lock has ended, and A goes out", "on its way", Auto, async stage =>
        {
            await stage.LockAsync();
            await stage.PushAsync();
            await stage.UnlockAsync();
            await stage.Shop.EventuallyAsync(stage.A, Deliverybot.Data.Deploying.DeploymentState.Pending);
        }),
        new("A was refused, as grace had locked it", "denied", Manual, async stage =>
        {
            await stage.PushAsync();
            await stage.LockAsync();
            await stage.DeployAsync(stage.A);
        }) { Because = "production is locked by grace: stock-taking.", Kept = Locked, HasStatus = false, Next = [Unlock] },
        new("A was refused, and the lock has ended since", "denied", Manual, async stage =>
        {
            await stage.PushAsync();
            await stage.LockAsync();
            await stage.DeployAsync(stage.A);
            await stage.UnlockAsync();
        }) { Because = "production is locked by grace: stock-taking.", HasStatus = false, Next = [Again] },
        new("A is live, and was refused when it was deployed again", "live", Auto, async stage =>
        {
            await stage.GoAsync();
            await stage.LockAsync();
            await stage.DeployAsync(stage.A);
        }) { Kept = Locked },
        .. LaterSituations.List,
    ];

    internal const string Again = "Deploy again";
    internal const string Cancel = "Cancel";
    internal const string Unlock = "Unlock production";
    internal const string Locked = "locked by grace: stock-taking";
    private const string Manual = "production: {}\n";

    internal static async Task LiveAsync(Stage stage)
    {
        await stage.PushAsync();
        await CheckAsync(stage, stage.A, "success");
        await stage.ReportAsync(stage.A, "success");
    }

    internal static async Task CheckAsync(Stage stage, string sha, string state)
    {
        stage.Shop.SetStatus(sha, "ci", state);
        await stage.Shop.SettleAsync();
    }

    private static async Task CheckRunAsync(Stage stage, string conclusion)
    {
        var run = stage.Shop.World.StartCheck(stage.Repository, stage.A, "ci");
        stage.Shop.World.FinishCheck(stage.Repository, run, conclusion);
        await stage.Shop.SettleAsync();
    }
}
