using System.Text.Json;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.DeployFile.Templates;
using Deliverybot.Jobs.GitHub;

namespace Deliverybot.Jobs.Core;

/// <summary>Fills in a target's templates. GitHub is asked for commit and pull request only where a template uses them.</summary>
internal static class WishRenderer
{
    public static async Task<RenderedWish> RenderAsync(NewWish wish, RepositoryClient github, CancellationToken cancellationToken)
    {
        var target = wish.Target;
        // A fork's branch is no branch of this repository, whatever it is called.
        var values = new TemplateValues(wish.Repository, target.Name, wish.Ref ?? new GitRef(wish.Sha.Value), wish.Sha)
        {
            PullRequestNumber = wish.PullRequest,
            Commit = target.NeedsCommit ? await CommitAsync(wish.Sha, github, cancellationToken) : null,
            PullRequest = target.NeedsPullRequest && wish.PullRequest is { } number
                ? await PullRequestAsync(number, github, cancellationToken)
                : null,
        };

        return Render(target, values);
    }

    /// <summary>With what is there already.</summary>
    public static RenderedWish Render(Target target, TemplateValues values) =>
        target.RenderEnvironment(values).Match(
            environment => target.RenderDescription(values).Match(
                description => target.RenderPayload(values).Match<RenderedWish>(
                    payload => new RenderedWish.Whole(new EnvironmentName(environment), description, payload.ToJsonString()),
                    reason => new RenderedWish.Broken(reason, new EnvironmentName(environment))),
                reason => new RenderedWish.Broken(reason, new EnvironmentName(environment))),
            reason => new RenderedWish.Broken(reason, Environment: null));

    private static async Task<JsonElement?> CommitAsync(CommitSha sha, RepositoryClient github, CancellationToken cancellationToken) =>
        (await github.Commits.GetAsync(sha, cancellationToken))?.Raw;

    private static async Task<JsonElement?> PullRequestAsync(PullRequestNumber number, RepositoryClient github, CancellationToken cancellationToken) =>
        (await github.PullRequests.GetAsync(number, cancellationToken))?.Raw;
}

/// <summary>What a target's templates gave for one commit, or the sentence why they gave nothing.</summary>
internal abstract record RenderedWish
{
    private RenderedWish()
    {
    }

    public T Match<T>(Func<Whole, T> whole, Func<string, T> broken) => Match(whole, (Broken fault) => broken(fault.Reason));

    public abstract T Match<T>(Func<Whole, T> whole, Func<Broken, T> broken);

    /// <param name="Payload">JSON, without our own id.</param>
    public sealed record Whole(EnvironmentName Environment, string Description, string Payload) : RenderedWish
    {
        public override T Match<T>(Func<Whole, T> whole, Func<Broken, T> broken) => whole(this);
    }

    /// <param name="Environment">Where it would have gone; null where that is what gave nothing.</param>
    public sealed record Broken(string Reason, EnvironmentName? Environment) : RenderedWish
    {
        public override T Match<T>(Func<Whole, T> whole, Func<Broken, T> broken) => broken(this);
    }
}
