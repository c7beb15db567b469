using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Site.Addresses;
using Deliverybot.Site.Pages.Shared;
using Deliverybot.Site.Rights;
using Deliverybot.Site.SignIn;
using Deliverybot.Site.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Primitives;

namespace Deliverybot.Site.Pages.Acts;

/// <summary>The forms by which people change something: who may, and how the answer looks with and without scripts.</summary>
internal sealed class ActModel(Actors actors, Notices notices, KeptForms keptForms, RepositoryAuthorization authorization) : PageModel
{
    public ActFields Form => new(Sent, Act.Fields);

    public RepositoryAccess Access { get; private set; } = null!;

    /// <summary>What came of it; null where it is asked about first.</summary>
    public ActAnswer? Answer { get; private set; }

    /// <summary>What has to be known first; null where it has been done or refused.</summary>
    public Confirmation? Confirmation { get; private set; }

    /// <summary>What was sent by somebody who was signed out meanwhile, so that nothing was done; null where it is a form that is answered.</summary>
    public KeptForm? Kept { get; private set; }

    public string Title => Act.Title;

    /// <summary>Something else would come of it than was asked about before.</summary>
    public bool HasChanged => Takes(Confirmation.Field) && Form[Confirmation.Field] is { } seen && Confirmation.IsDigest(seen);

    public bool AsksFirst => Takes(Confirmation.Field);

    public bool TakesReason => Takes(Confirmation.Reason);

    public bool Takes(string field) => Act.Fields.Contains(field);

    public string Subject => Act.SubjectOf(Form);

    public string? Consequence => Act.ConsequenceOf(Form);

    public string Back => ReturnUrl.LocalOr(Sent[ReturnUrl.Field], Act.HomeOf(Access.Name, Form));

    public string Word => HttpContext.GetEndpoint()!.Metadata.GetRequiredMetadata<ActRoute>().Word;

    private IFormCollection Sent => Kept is { } kept
        ? new FormCollection((kept.Fields ?? []).ToDictionary(written => written.Key, written => new StringValues(written.Value)))
        : Request.Form;

    private IActForm Act => HttpContext.RequestServices.GetRequiredKeyedService<IActForm>(Word);

    /// <summary>The forms are on other pages; here is only what somebody has written into one before having to sign in again.</summary>
    public async Task<IActionResult> OnGetAsync(string owner, string repo, CancellationToken cancellationToken)
    {
        var repository = new RepositoryName(owner, repo);
        if (keptForms.Take(HttpContext, UserSession.TryOf(HttpContext)!) is not { } kept)
        {
            notices.Leave(HttpContext, new Notice("Nothing was done. If something was written in a form, it isn’t kept any more: it is for ten minutes, in the browser that sent it.", Watch: null));
            return Redirect(Address.Repository(repository));
        }

        if (await authorization.SeeAsync(repository, cancellationToken) is not { } access)
        {
            return NotFound();
        }

        (Access, Kept) = (access, kept);
        return Show(StatusCodes.Status200OK, Act.Title);
    }

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
                if (FormFaults.FirstOf(Request.Form) is { } fault)
                {
                    return Say(IActForm.Unread(fault));
                }

                return await AskedAsync(actor, cancellationToken) ?? Say(await InTurnAsync(actor, cancellationToken));
            });
    }

    /// <returns>Null where nothing has to be asked, or the same was asked before.</returns>
    private async Task<IActionResult?> AskedAsync(Actor actor, CancellationToken cancellationToken)
    {
        try
        {
            return Form.Asks && await Act.AskAsync(actor, Form, cancellationToken) is { } confirmation && confirmation.Digest != Form[Confirmation.Field]
                ? Ask(confirmation)
                : null;
        }
        catch (RetryLaterException later) when (later is not TurnTakenException)
        {
            return Say(ActResult.Unavailable($"Nothing was done: GitHub can't say now what would come of it", later.Reason));
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
            return ActResult.Busy(taken);
        }
    }

    private IActionResult Say(ActResult? result)
    {
        if (result is null)
        {
            return NotFound();
        }

        var answer = Answer = ActAnswer.Of(result);
        return answer switch
        {
            { IsDone: true } => Tell(new Notice(answer.Reason, answer.Deployment is { } id ? Address.Deployment(Access.Name, id) : null)),
            { Status: var status } when Request.IsHtmx() => Refuse(status),
            _ => Show(answer.Status, answer.Title),
        };
    }

    /// <summary>With scripts in the place of the form; without, on a page.</summary>
    private ActionResult Ask(Confirmation confirmation)
    {
        Confirmation = confirmation;
        if (!Request.IsHtmx())
        {
            return Show(StatusCodes.Status200OK, confirmation.Title);
        }

        Response.Headers["HX-Retarget"] = "this";
        Response.Headers["HX-Reswap"] = "outerHTML";
        return Partial("_ActConfirm", this);
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

    private PageResult Show(int status, string title)
    {
        Response.StatusCode = status;
        ViewData[RepositoryShell.Key] = new RepositoryShell(Access.Name, RepositoryTab.Commits);
        ViewData["Title"] = $"{title} · {Access.Name}";
        ViewData["MainClass"] = "page-narrow stack";
        return Page();
    }
}
