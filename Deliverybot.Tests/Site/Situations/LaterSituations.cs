namespace Deliverybot.Tests.Site.Situations;

internal static partial class AllSituations
{
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
            new("B waited, and main was set back to A, which is live", "cancelled", Checked, SetBackAsync)
            {
                Commit = 'B', Because = "B is not part of main any more, which was set back to A.",
            },
            new("B waited, and main was set back to A, where each has its turn", "cancelled", $"{Checked}  only_latest: false\n", SetBackAsync)
            {
                Commit = 'B', Because = "B is not part of main any more, which was set back to A.",
            },
            new("B waited, and main was set back to A, which waits", "cancelled", Checked, async stage =>
            {
                await stage.PushAsync();
                await stage.PushAsync();
                await stage.SetBackAsync();
            }) { Commit = 'B', Because = "B is not part of main any more, which was set back to A." },
            new("B took the place of A, and A was refused, as grace had locked it", "superseded", Checked, async stage =>
            {
                await stage.PushAsync();
                await stage.PushAsync();
                await stage.LockAsync();
                await stage.DeployAsync(stage.A);
            }) { Because = "B is newer and takes its place.", Kept = Locked, Next = [Unlock] },
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
            new("A failed at the earlier target", "waiting", Pipeline, stage => stage.GoAsync("failure", "staging")) { Because = "A failed at staging. Deploy it there again.", Next = ["Deploy again to staging", Cancel] },
            new("B failed at the earlier target, and A isn't in production yet", "waiting", Pipeline, async stage =>
            {
                await stage.LockAsync();
                await stage.GoAsync("success", "staging");
                await stage.GoAsync("failure", "staging");
                await stage.UnlockAsync();
                await stage.Shop.AwaitAsync("production", stage.A, Deliverybot.Data.Deploying.DeploymentState.Waiting, "After");
            }) { Because = "A later deployment to staging has failed. Once a newer one has succeeded there, it may go on.", Next = [Cancel] },
            new("B took the place of A at the earlier target", "waiting", Pipeline.Replace("main\nproduction", "main\n  required_contexts: [ci]\nproduction", StringComparison.Ordinal), async stage =>
            {
                await stage.PushAsync();
                await stage.PushAsync();
                await stage.SaysAsync(stage.A, "superseded at staging");
            }) { Because = "A was superseded at staging. What took its place there goes on instead.", Next = [Cancel] },
            new("A was cancelled at the earlier target", "waiting", Pipeline.Replace("main\nproduction", "main\n  required_contexts: [ci]\nproduction", StringComparison.Ordinal), async stage =>
            {
                await stage.PushAsync();
                await stage.CancelAsync((await stage.RowAsync(stage.A, "staging")).Id);
                await stage.SaysAsync(stage.A, "cancelled at staging");
            }) { Because = "A was cancelled at staging. Deploy it there again.", Next = [Cancel] },
            new("A was not approved at the earlier target", "waiting", Pipeline, async stage =>
            {
                await stage.GoAsync("waiting", "staging");
                await stage.ReportAsync(stage.A, "failure", "staging");
            }) { Because = "A was not approved at staging. Deploy it there again.", Next = ["Deploy again to staging", Cancel] },
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
            }) { Environment = "review-1", Target = "review", Because = "The tests broke.", IsGone = true },
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

        private static async Task SetBackAsync(Stage stage)
        {
            await LiveAsync(stage);
            await stage.PushAsync();
            await stage.SetBackAsync();
        }

        private static async Task FailedPreviewAsync(Stage stage)
        {
            await stage.OpenPullRequestAsync();
            await stage.ReportAsync(stage.A, "failure", "review-1", "The tests broke.");
        }
    }
}
