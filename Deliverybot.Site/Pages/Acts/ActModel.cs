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
internal sealed class ActModel(Actors actors) : PageModel
{
    [BindProperty]
    public ActFields Form { get; set; } = new();

    public RepositoryAccess Access { get; private set; } = null!;

    public ActAnswer Answer { get; private set; } = null!;

    public string Subject => Act.SubjectOf(Form);

    public string Back => ReturnUrl.LocalOr(Form.ReturnUrl, Act.HomeOf(Access.Name, Form));

    private IAct Act => HttpContext.RequestServices.GetRequiredKeyedService<IAct>(HttpContext.GetEndpoint()!.Metadata.GetRequiredMetadata<ActRoute>().Act);

    /// <summary>Nothing to look at: the forms are on other pages.</summary>
    public IActionResult OnGet(string owner, string repo) => Redirect(Address.Repository(new RepositoryName(owner, repo)));

    public async Task<IActionResult> OnPostAsync(string owner, string repo, CancellationToken cancellationToken)
    {
        switch (await actors.AskAsync(new RepositoryName(owner, repo), cancellationToken))
        {
            case AdmissionAnswer.May(var seen, var actor):
                Access = RepositoryAccess.Of(seen);
                return Say(FormFaults.FirstOf(Request.Form) is { } fault ? IAct.Unread(fault) : await InTurnAsync(actor, cancellationToken));
            case AdmissionAnswer.Refused(var seen, var result):
                Access = RepositoryAccess.Of(seen);
                return Say(result);
            default:
                return NotFound();
        }
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
            return ActResult.Because(ActEnd.Refused, $"Busy, try again", Sentence.Plain(taken.Reason));
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
            // With scripts a note on the page that is open.
            { IsDone: true } => Request.IsHtmx() ? Partial("_ActDone", this) : new SeeOtherResult(Back),
            { Status: var status } when Request.IsHtmx() => Refuse(status),
            _ => Show(Answer),
        };
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
