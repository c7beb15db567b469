using Deliverybot.Data.Names;
using Deliverybot.Site.Pages.Shared;
using Deliverybot.Site.Rights;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Deliverybot.Site.Pages.Deployments;

internal sealed class DeploymentModel(RepositoryAuthorization authorization, DeploymentsReader reader, ReleaseReader releases, NextSteps steps, KeptEnvironments keptEnvironments, OperatorAuthorization operators, GitHubSilence silence) : PageModel
{
    public RepositoryAccess Access { get; private set; } = null!;

    public DeploymentStory Story { get; private set; } = null!;

    public ReleaseView Release { get; private set; } = null!;

    /// <summary>What can be done about it.</summary>
    public NextView Next { get; private set; } = null!;

    /// <summary>By what the same is deployed once more where nothing has gone wrong; null where that would be refused.</summary>
    public AgainView? Again { get; private set; }

    /// <summary>What keeps its environment as it is.</summary>
    public IReadOnlyList<KeptLine> Kept { get; private set; } = [];

    /// <summary>Whether the way to its jobs is shown.</summary>
    public bool IsOperator { get; private set; }

    public async Task<IActionResult> OnGetAsync(string owner, string repo, long id, CancellationToken cancellationToken)
    {
        var access = await authorization.LookAsync(new RepositoryName(owner, repo), cancellationToken);
        var story = access is null ? null : await reader.FindAsync(access.Id, new DeploymentId(id), cancellationToken);
        if (story is null)
        {
            return NotFound();
        }

        Access = access!;
        Story = story;
        Release = await releases.ReadAsync(Access, story.Deployment, cancellationToken);
        Next = await steps.JudgeAsync(Access, story.Next, cancellationToken);
        Again = story.Next.Again is null && NextView.MayBeAgain(story.Deployment.State) && AgainView.Of(story.Deployment) is { } again
            ? (await steps.JudgeAsync(Access, story.Next with { Again = again }, cancellationToken)).Again
            : null;
        Kept = story.Deployment.IsGone || KeptLine.IsSaidBy(story.Deployment)
            ? []
            : [.. (await keptEnvironments.AmongAsync(Access.Id, [story.Deployment.Environment], cancellationToken))[story.Deployment.EnvironmentKey]];
        IsOperator = await silence.UnlessMetAsync(() => operators.IsOperatorAsync(cancellationToken), false);
        return Page();
    }

    /// <summary>For an open page: what came after it in its environment changes how it stands, too. 204 where none of these concerns it.</summary>
    /// <param name="changed">Our numbers of the deployments that changed; none where nobody knows what did.</param>
    public async Task<IActionResult> OnGetChangesAsync(
        string owner, string repo, [FromRoute] long id, [FromQuery(Name = "id")] long[] changed, CancellationToken cancellationToken)
    {
        var access = await authorization.LookAsync(new RepositoryName(owner, repo), cancellationToken);
        return access is not null && changed.Length > 0
            && !await reader.IsConcernedAsync(access.Id, new DeploymentId(id), [.. changed.Select(number => new DeploymentId(number))], cancellationToken)
                ? StatusCode(StatusCodes.Status204NoContent)
                : await OnGetAsync(owner, repo, id, cancellationToken);
    }
}
