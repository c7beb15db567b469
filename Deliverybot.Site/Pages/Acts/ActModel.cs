using Deliverybot.Data.Names;
using Deliverybot.Site.Pages.Branch;
using Deliverybot.Site.Pages.Shared;
using Deliverybot.Site.Rights;
using Deliverybot.Site.SignIn;
using Deliverybot.Site.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Deliverybot.Site.Pages.Acts;

/// <summary>A form by which a person changes something: who may, and how the answer looks with and without scripts.</summary>
internal abstract class ActModel(Actors actors) : PageModel
{
    public RepositoryAccess Access { get; private set; } = null!;

    public ActAnswer Answer { get; private set; } = null!;

    /// <summary>What was to be changed, under the title.</summary>
    public abstract string Subject { get; }

    public string Back => ReturnUrl.LocalOr(ReturnTo, Home);

    /// <summary>The page that the form says it was on.</summary>
    protected abstract string? ReturnTo { get; }

    /// <summary>Where to go if the form doesn't say.</summary>
    protected virtual string Home => BranchLinks.Default(Access.Name);

    /// <summary>Nothing to look at: the forms are on other pages.</summary>
    public IActionResult OnGet(string owner, string repo) => Redirect(BranchLinks.Default(new RepositoryName(owner, repo)));

    public async Task<IActionResult> OnPostAsync(string owner, string repo, CancellationToken cancellationToken)
    {
        switch (await actors.AskAsync(new RepositoryName(owner, repo), cancellationToken))
        {
            case ActorAnswer.May(var actor):
                Access = actor.Access;
                return await ActAsync(actor, cancellationToken);
            case ActorAnswer.MayNot(var access, var answer):
                Access = access;
                return Say(answer);
            default:
                return NotFound();
        }
    }

    protected abstract Task<IActionResult> ActAsync(Actor actor, CancellationToken cancellationToken);

    /// <summary>303 back; with scripts a note on the page that is open.</summary>
    protected IActionResult Done(string sentence, DeploymentId? deployment = null) =>
        Request.IsHtmx() ? Partial("_ActDone", new ActDone(Access.Name, sentence, deployment)) : new SeeOtherResult(Back);

    protected IActionResult Say(ActAnswer answer)
    {
        Answer = answer;
        if (Request.IsHtmx())
        {
            // What scripts put in is 4xx alone: a 5xx may be the page that the server fails with.
            Response.StatusCode = answer.Status < StatusCodes.Status500InternalServerError ? answer.Status : StatusCodes.Status409Conflict;
            return Partial("_ActRefused", this);
        }

        Response.StatusCode = answer.Status;
        ViewData[RepositoryShell.Key] = new RepositoryShell(Access.Name, RepositoryTab.Commits);
        ViewData["Title"] = $"{answer.Title} · {Access.Name}";
        ViewData["MainClass"] = "page-narrow stack";
        return Page();
    }
}
