using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Core;
using Deliverybot.Site.Addresses;
using Deliverybot.Site.Pages.Shared;
using Deliverybot.Site.Rights;
using Deliverybot.Site.SignIn;
using Deliverybot.Site.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Deliverybot.Site.Pages.Acts;

/// <summary>The forms by which people change something: who may, and how the answer looks with and without scripts.</summary>
internal sealed class ActModel(Actors actors, Notices notices) : PageModel
{
    public ActFields Form => new(Request.Form, Act.Fields);

    public RepositoryAccess Access { get; private set; } = null!;

    public ActAnswer Answer { get; private set; } = null!;

    public string Subject => Act.SubjectOf(Form);

    public string Back => ReturnUrl.LocalOr(Request.Form[ReturnUrl.Field], Act.HomeOf(Access.Name, Form));

    /// <summary>Where the form was sent.</summary>
    public string Here => Address.Act(Access.Name, Word);

    private string Word => HttpContext.GetEndpoint()!.Metadata.GetRequiredMetadata<ActRoute>().Word;

    private IActForm Act => HttpContext.RequestServices.GetRequiredKeyedService<IActForm>(Word);

    /// <summary>Nothing to look at: the forms are on other pages.</summary>
    public IActionResult OnGet(string owner, string repo) => Redirect(Address.Repository(new RepositoryName(owner, repo)));

    public async Task<IActionResult> OnPostAsync(string owner, string repo, CancellationToken cancellationToken)
    {
        var answer = await actors.AskAsync(new RepositoryName(owner, repo), cancellationToken);
        return await answer.Match(
            hidden: () => Task.FromResult<IActionResult>(NotFound()),
            refused: (seen, result) =>
            {
                Access = RepositoryAccess.Of(seen);
                return Task.FromResult(Say(result));
            },
            may: async (seen, actor) =>
            {
                Access = RepositoryAccess.Of(seen);
                return Say(FormFaults.FirstOf(Request.Form) is { } fault ? IActForm.Unread(fault) : await InTurnAsync(actor, cancellationToken));
            });
    }

    /// <summary>Whoever has waited for the environment long enough is told so, instead of being kept.</summary>
    private async Task<ActResult?> InTurnAsync(Actor actor, CancellationToken cancellationToken)
    {
        try
        {
            return await Act.DoAsync(actor, Form, cancellationToken);
        }
        catch (TurnTakenException taken)
        {
            return ActResult.Busy(taken);
        }
    }

    private IActionResult Say(ActResult? result)
    {
        if (result is null)
        {
            return NotFound();
        }

        Answer = ActAnswer.Of(result);
        return Answer switch
        {
            { IsDone: true } => Tell(new Notice(Answer.Reason, Answer.Deployment is { } id ? Address.Deployment(Access.Name, id) : null)),
            { Status: var status } when Request.IsHtmx() => Refuse(status),
            _ => Show(Answer),
        };
    }

    /// <summary>With scripts on the page that is open; without, on the one that the form leads back to.</summary>
    private ActionResult Tell(Notice notice)
    {
        if (Request.IsHtmx())
        {
            return Partial("_Notice", notice);
        }

        notices.Leave(HttpContext, notice);
        return new SeeOtherResult(Back);
    }

    private PartialViewResult Refuse(int status)
    {
        // What scripts put in is 4xx alone: a 5xx may be the page that the server fails with.
        Response.StatusCode = status < StatusCodes.Status500InternalServerError ? status : StatusCodes.Status409Conflict;
        return Partial("_ActRefused", this);
    }

    private PageResult Show(ActAnswer answer)
    {
        Response.StatusCode = answer.Status;
        ViewData[RepositoryShell.Key] = new RepositoryShell(Access.Name, RepositoryTab.Commits);
        ViewData["Title"] = $"{answer.Title} · {Access.Name}";
        ViewData["MainClass"] = "page-narrow stack";
        return Page();
    }
}
