using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;

namespace Deliverybot.Jobs.Acts.Rollbacks;

/// <summary>Where a rollback goes, and why.</summary>
/// <param name="Earlier">What is repeated.</param>
/// <param name="From">The newest commit that touched the environment.</param>
/// <param name="Why">The beginning of a sentence: what is to be taken back.</param>
internal sealed record RollbackGoal(Deployment Earlier, CommitSha From, string Why)
{
    /// <summary>The newest attempt since what went well, which is taken back; null where what is live is.</summary>
    public Deployment? Attempt { get; init; }

    /// <summary>What its commits are compared with: what is live, or will be once what is on its way has come; what has failed is not there.</summary>
    public CommitSha Leaves { get; private init; } = From;

    /// <summary>Whether it helps where a deployment has failed: that commit is what was tried last, and another takes its place.</summary>
    public bool Mends(Deployment failed) => Attempt is { HasFailed: true } newest && newest.Sha == failed.Sha && (newest.IsRollback() || Earlier.Sha != failed.Sha);

    public string Sentence(EnvironmentName environment) => $"{Why}; {environment} goes back to {Earlier.Sha.Short}.";

    /// <summary>
    /// What has failed, or is on its way, has touched the environment: back is what went well last. Else back is what went well before
    /// the commit that is live was first there. So a second rollback goes further back and none toggles; one that failed is tried again.
    /// </summary>
    /// <param name="good">What went well there last, whatever was tried since.</param>
    /// <param name="attempts">What has failed or is on its way since then, the newest first.</param>
    /// <param name="before">What went well before the commit of <paramref name="good"/> was first there.</param>
    /// <param name="again">Where the newest attempt is a rollback: what that goes back to.</param>
    /// <param name="now">What time it is.</param>
    public static Sought<RollbackGoal> Of(
        EnvironmentName environment, Deployment good, IReadOnlyList<Deployment> attempts, Deployment? before, Deployment? again, DateTimeOffset now) => attempts switch
        {
            [var newest, ..] => new Sought<RollbackGoal>.Found(Back(good, attempts, newest.IsRollback() ? again ?? newest : good, now)),
            [] when before is { } earlier => new Sought<RollbackGoal>.Found(new RollbackGoal(earlier, good.Sha, $"{good.Sha.Short} is live")),
            [] => new Sought<RollbackGoal>.Missing($"Nothing was live in {environment} before {good.Sha.Short}."),
        };

    /// <param name="hasBeen">Whether anything has ever gone well there.</param>
    public static Sought<RollbackGoal> Nowhere(EnvironmentName environment, bool hasBeen) => new Sought<RollbackGoal>.Missing(hasBeen
        ? $"Nothing is live in {environment} any more."
        : $"Nothing has succeeded in {environment} yet, so there is nothing to go back to.");

    /// <summary>Back is what somebody has chosen of what went well there.</summary>
    /// <param name="chosen">Null where it didn't.</param>
    /// <param name="now">What time it is.</param>
    public static Sought<RollbackGoal> Chosen(EnvironmentName environment, Deployment good, IReadOnlyList<Deployment> attempts, Deployment? chosen, DateTimeOffset now) => (chosen, attempts) switch
    {
        (null, _) => new Sought<RollbackGoal>.Missing($"That deployment has not gone well in {environment}."),
        ({ } to, []) when to.Sha == good.Sha => new Sought<RollbackGoal>.Missing($"{to.Sha.Short} is live in {environment} already."),
        ({ } to, []) => new Sought<RollbackGoal>.Found(new RollbackGoal(to, good.Sha, $"{good.Sha.Short} is live")),
        ({ } to, _) => new Sought<RollbackGoal>.Found(Back(good, attempts, to, now)),
    };

    private static RollbackGoal Back(Deployment good, IReadOnlyList<Deployment> attempts, Deployment to, DateTimeOffset now)
    {
        var newest = attempts[0];
        var what = newest.IsRollback() ? $"The rollback to {newest.Sha.Short}"
            : newest.Sha == to.Sha ? $"{newest.Sha.Short}, deployed again,"
            : newest.Sha.Short;
        var left = attempts.FirstOrDefault(attempt => attempt.Sha != to.Sha) ?? (good.Sha != to.Sha ? good : newest);
        return new RollbackGoal(to, left.Sha, $"{what} {HowOf(newest, now)}")
        {
            Attempt = newest,
            Leaves = newest.State.IsActive() ? left.Sha : good.Sha,
        };
    }

    private static string HowOf(Deployment attempt, DateTimeOffset now) =>
        attempt.SilentSince(now) is { } since ? $"was sent there, and nothing has been heard of it since {StateWords.Time(since)}"
        : attempt.State.IsActive() ? "is on its way"
        : "failed";
}
