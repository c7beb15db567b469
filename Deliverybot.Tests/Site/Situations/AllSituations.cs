namespace Deliverybot.Tests.Site.Situations;

/// <summary>What may happen to a commit on its way to an environment; each is played from its first push on.</summary>
internal static class AllSituations
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
        }) { Commit = 'B', Because = "Waiting for ci (pending).", Next = [Cancel] },
        new("A lacks a required check", "waiting", Checked, stage => stage.PushAsync()) { Because = "Waiting for ci (pending).", Next = [Cancel] },
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
            await stage.ReportAsync(stage.A, "failure");
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
        }) { Because = "production is locked by grace: stock-taking.", Kept = Locked, HasStatus = false, Next = [Again] },
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

    /// <summary>What follows from other commits, targets, pull requests and the file.</summary>
    private static class LaterSituations
    {
        private const string Review = "review:\n  auto_deploy_on: pr\n  environment: review-${{ pr }}\n  transient_environment: true\n";

        public static readonly IReadOnlyList<Situation> List =
        [
            new("B was rolled back, and A is live", "live", Auto, RolledBackAsync) { Kept = Held },
            new("B was rolled back", "previous", Auto, RolledBackAsync) { Commit = 'B', Kept = Held },
            new("C waits, as B was rolled back", "waiting", Auto, async stage =>
            {
                await RolledBackAsync(stage);
                await stage.PushAsync();
            }) { Commit = 'C', Because = "production is held since ada rolled it back.", Kept = Held, Next = [Unlock, Cancel] },
            new("A is on its way back", "on its way", Auto, async stage =>
            {
                await stage.GoAsync();
                await stage.GoAsync();
                await stage.RollBackAsync();
            }) { Kept = Held, Status = "live" },
            new("B is live in the place of A", "previous", Auto, async stage =>
            {
                await stage.GoAsync();
                await stage.GoAsync();
            }),
            new("B took the place of A, which waited", "superseded", Checked, async stage =>
            {
                await stage.PushAsync();
                await stage.PushAsync();
            }) { Because = "B is newer and takes its place.", Next = [Again] },
            new("B was deployed before A was ready", "superseded", $"{Checked}  only_latest: false\n", async stage =>
            {
                await stage.PushAsync();
                await stage.PushAsync();
                await CheckAsync(stage, stage.B, "success");
                await stage.ReportAsync(stage.B, "success");
                await CheckAsync(stage, stage.A, "success");
            }) { Because = "B is newer and was deployed first.", Next = [Again] },
            new("A was cancelled", "cancelled", Checked, async stage =>
            {
                await stage.PushAsync();
                await stage.CancelAsync(stage.A);
            }) { Because = "Cancelled by ada.", Next = [Again] },
            new("A waits for its promotion", "waiting", $"{Auto}  required_contexts: [deliverybot/promotion]\n", stage => stage.PushAsync())
            {
                Because = "Waiting for somebody to promote it.", Next = ["Promote", Cancel],
            },
            new("A is on its way to the earlier target", "waiting", Pipeline, stage => stage.PushAsync()) { Because = "A has not succeeded at staging yet.", Next = [Cancel] },
            new("A failed at the earlier target", "waiting", Pipeline, stage => stage.GoAsync("failure", "staging")) { Because = "A failed at staging. Deploy it there again.", Next = [Cancel] },
            new("B failed at the earlier target, and A isn't in production yet", "waiting", Pipeline, async stage =>
            {
                await stage.LockAsync();
                await stage.GoAsync("success", "staging");
                await stage.GoAsync("failure", "staging");
                await stage.UnlockAsync();
                await stage.Shop.AwaitAsync("production", stage.A, Deliverybot.Data.Deploying.DeploymentState.Waiting, "After");
            }) { Because = "A later deployment to staging has failed.", Next = [Cancel] },
            new("B took the place of A at the earlier target", "waiting", Pipeline.Replace("main\nproduction", "main\n  required_contexts: [ci]\nproduction", StringComparison.Ordinal), async stage =>
            {
                await stage.PushAsync();
                await stage.PushAsync();
            }) { Because = "A has not succeeded at staging yet.", Next = [Cancel] },
            new("A is live, and deploy.yml is broken since", "live", Auto, async stage =>
            {
                await stage.GoAsync();
                await stage.PushFileAsync("production: [\n");
            }),
            new("A is live, and there is no deploy.yml any more", "live", Auto, async stage =>
            {
                await stage.GoAsync();
                await stage.PushFileAsync(null);
            }),
            new("A is live, and its target is gone from deploy.yml", "live", Auto, async stage =>
            {
                await stage.GoAsync();
                await stage.PushFileAsync("elsewhere: {}\n");
            }),
            new("A is live where grace has deployed it past Deliverybot", "live", Manual, async stage =>
            {
                await stage.PushAsync();
                stage.Shop.World.CreateDeployment(stage.Repository, stage.A, "production", stage.Shop.World.FindAccount("ada")!);
                await stage.ReportAsync(stage.A, "success");
            }) { HasStatus = false },
            new("A was made inactive", "previous", Auto, async stage =>
            {
                await stage.GoAsync();
                await stage.ReportAsync(stage.A, "inactive");
            }),
            new("A is live, by hand", "live", Manual, async stage =>
            {
                await stage.PushAsync();
                await stage.DeployAsync(stage.A);
                await stage.ReportAsync(stage.A, "success");
            }) { HasStatus = false },
            new("A is the live preview of a pull request", "live", Review, async stage =>
            {
                await stage.OpenPullRequestAsync();
                await stage.ReportAsync(stage.A, "success", "review-1");
            }) { Environment = "review-1", Target = "review" },
            new("The preview of A fails", "failed", Review, FailedPreviewAsync) { Environment = "review-1", Target = "review", Because = "The tests broke.", Next = [Again] },
            new("The preview of A failed, and its pull request is closed", "failed", Review, async stage =>
            {
                await FailedPreviewAsync(stage);
                await stage.ClosePullRequestAsync();
            }) { Environment = "review-1", Target = "review", Because = "The tests broke.", IsGone = true, Next = [Again] },
            new("The pull request of A is closed", "previous", Review, async stage =>
            {
                await stage.OpenPullRequestAsync();
                await stage.ReportAsync(stage.A, "success", "review-1");
                await stage.ClosePullRequestAsync();
            }) { Environment = "review-1", Target = "review", IsGone = true },
            new("A can't be merged with the default branch", "denied", "production:\n  auto_deploy_on: refs/heads/tea\n  auto_merge: true\n", async stage =>
            {
                stage.Shop.World.Push(stage.Repository, "tea", stage.Repository.Owner, "Begin");
                await stage.Shop.SettleAsync();
                stage.Shop.Push("Elsewhere");
                stage.Shop.World.MarkConflicting(stage.Repository, "tea");
                await stage.PushAsync("tea");
            }) { Because = "Conflict merging main into tea", Next = [Again] },
        ];

        private const string Held = "held since ada rolled it back";

        private static async Task RolledBackAsync(Stage stage)
        {
            await stage.GoAsync();
            await stage.GoAsync();
            await stage.RollBackAsync();
            await stage.ReportAsync(stage.A, "success");
        }

        private static async Task FailedPreviewAsync(Stage stage)
        {
            await stage.OpenPullRequestAsync();
            await stage.ReportAsync(stage.A, "failure", "review-1", "The tests broke.");
        }
    }
}
