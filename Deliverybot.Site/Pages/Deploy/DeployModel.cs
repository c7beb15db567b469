using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Jobs.Installations;
using Deliverybot.Site.Pages.Branch;
using Deliverybot.Site.Rights;
using Deliverybot.Site.SignIn;
using Deliverybot.Site.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Deliverybot.Site.Pages.Deploy;

internal sealed class DeployModel(
    UserSession session,
    GitHubClients gitHub,
    RepositoryAuthorization authorization,
    RepositoryFinder repositories,
    ManualDeployments deployments) : PageModel
{
    [BindProperty]
    public DeployForm Form { get; set; } = new();

    public RepositoryAccess Access { get; private set; } = null!;

    public DeployAnswer Answer { get; private set; } = null!;

    public string Back => ReturnUrl.LocalOr(Form.ReturnUrl, BranchLinks.Default(Access.Name));

    public string ShortSha => CommitSha.TryParse(Form.Sha, out var sha) ? sha.Short : "?";

    /// <summary>Nothing to look at: the form is on the commits page.</summary>
    public IActionResult OnGet(string owner, string repo) => Redirect(BranchLinks.Default(new RepositoryName(owner, repo)));

    public async Task<IActionResult> OnPostAsync(string owner, string repo, CancellationToken cancellationToken)
    {
        var seen = await authorization.AskAsync(new RepositoryName(owner, repo), cancellationToken);
        if (seen is null)
        {
            return NotFound();
        }

        Access = RepositoryAccess.Of(seen);
        return Access.CanWrite
            ? await DeployAsync(seen, cancellationToken)
            : Say(new DeployAnswer(
                StatusCodes.Status403Forbidden,
                "You may look, but not deploy",
                Access.IsArchived ? "The repository is archived." : "Deploying needs write access to the repository at GitHub."));
    }

    private async Task<IActionResult> DeployAsync(RepositoryInfo seen, CancellationToken cancellationToken)
    {
        if (!CommitSha.TryParse(Form.Sha, out var sha))
        {
            return Say(Unknown($"'{Form.Sha}' is not a full commit sha: 40 hexadecimal digits."));
        }

        if (string.IsNullOrWhiteSpace(Form.Target))
        {
            return Say(Unknown("No target was chosen."));
        }

        var user = gitHub.User(session.Token);
        if ((Form.ReadRef() ?? Access.DefaultBranch) is not { } branch || !await repositories.EnsureAsync(seen, user, cancellationToken))
        {
            return Say(Unknown("Deliverybot is not installed on this repository."));
        }

        var request = new ManualRequest
        {
            RepositoryId = Access.Id,
            Repository = Access.Name,
            Target = new TargetName(Form.Target),
            Sha = sha,
            Source = new CommitSource.LookedAt(branch),
            Trigger = DeploymentTrigger.Web,
            By = session.Login,
            Force = Form.IsForced,
            Task = Form.Task,
        };
        return await deployments.RequestAsync(request, user.Repository(Access.Name), cancellationToken) switch
        {
            ManualOutcome.Deployed(var id) => Deployed(id),
            ManualOutcome.Refused refused => Say(
                new DeployAnswer(StatusCodes.Status409Conflict, "Not deployed", refused.Reason, refused.Id) { MayForce = !Form.IsForced && refused.YieldsToForce }),
            ManualOutcome.Unknown(var reason) => Say(Unknown(reason)),
            ManualOutcome.Unavailable(var reason) => Say(new DeployAnswer(StatusCodes.Status503ServiceUnavailable, "GitHub can’t be used now", reason)),
            var other => throw new InvalidOperationException($"An outcome that is {other} has no meaning here."),
        };
    }

    private ActionResult Deployed(DeploymentId id) =>
        Request.IsHtmx() ? Partial("_Deployed", new DeployedView(Access.Name, id, Form.Target!)) : new SeeOtherResult(Back);

    private ActionResult Say(DeployAnswer answer)
    {
        Answer = answer;
        Response.StatusCode = answer.Status;
        return Request.IsHtmx() ? Partial("_Refused", this) : Page();
    }

    private static DeployAnswer Unknown(string reason) => new(StatusCodes.Status422UnprocessableEntity, "That can’t be deployed", reason);
}
