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
        (target.RenderEnvironment(values), target.RenderDescription(values), target.RenderPayload(values)) switch
        {
            (TemplateResult.Rendered environment, TemplateResult.Rendered description, PayloadResult.Rendered payload) =>
                new RenderedWish.Whole(new EnvironmentName(environment.Text), description.Text, payload.Payload.ToJsonString()),
            (TemplateResult.Unrendered environment, _, _) => new RenderedWish.Broken(environment.Message),
            (_, TemplateResult.Unrendered description, _) => new RenderedWish.Broken(description.Message),
            (_, _, PayloadResult.Unrendered payload) => new RenderedWish.Broken(payload.Message),
            var other => throw new InvalidOperationException($"No answer for {other}."),
        };

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

    /// <param name="Payload">JSON, without our own id.</param>
    public sealed record Whole(EnvironmentName Environment, string Description, string Payload) : RenderedWish;

    public sealed record Broken(string Reason) : RenderedWish;
}
