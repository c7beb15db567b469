using Deliverybot.Site.SetUp;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Deliverybot.Site.Pages.Errors;

[AllowAnonymous]
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true)]
internal sealed partial class ErrorModel(SetUpState setUp, ILogger<ErrorModel> logger) : PageModel
{
    /// <summary>No App is known yet, and there are no repositories to go to.</summary>
    public bool IsSetUp => setUp.IsOn;

    public ErrorView Error { get; private set; } = ErrorView.Of(StatusCodes.Status404NotFound);

    /// <summary>What finds the fault in the logs.</summary>
    public string? Trace { get; private set; }

    /// <summary>The page that was asked for, where it may come yet.</summary>
    public string? Again { get; private set; }

    public IActionResult OnGet() => Show();

    public IActionResult OnPost() => Show();

    private PageResult Show()
    {
        if (HttpContext.Features.Get<IExceptionHandlerPathFeature>() is { } fault)
        {
            Error = ErrorView.Of(fault.Error);
            if (Error.Status > StatusCodes.Status500InternalServerError)
            {
                Log.Elsewhere(logger, fault.Path, Error.Status, fault.Error.Message);
            }

            Again = Error.IsPassing && HttpMethods.IsGet(Request.Method) && Url.IsLocalUrl(fault.Path) ? PathOf(fault) : null;
            Trace = System.Diagnostics.Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier;
        }
        else if (HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is { } status)
        {
            Error = ErrorView.Of(status.OriginalStatusCode);
        }

        Response.StatusCode = Error.Status;
        return Page();
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Path} was answered with {Status}: {Why}")]
        public static partial void Elsewhere(ILogger logger, string path, int status, string why);
    }

    private string PathOf(IExceptionHandlerPathFeature fault) =>
        $"{Request.PathBase.Add(new PathString(fault.Path)).ToUriComponent()}{Request.QueryString}";
}
