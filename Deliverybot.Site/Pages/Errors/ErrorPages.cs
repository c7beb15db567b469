using Deliverybot.Site.Addresses;

namespace Deliverybot.Site.Pages.Errors;

internal static class ErrorPages
{
    /// <summary>Pages get a page that helps; what machines call gets its bare status.</summary>
    public static void UseErrorPages(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = Address.Error,

            // In the request's own scope the sign-in would repeat its failure.
            CreateScopeForErrors = true,
            StatusCodeSelector = exception => ErrorView.Of(exception).Status,
            // What isn't our fault is told in a line, by the page.
            SuppressDiagnosticsCallback = context => ErrorView.Of(context.Exception).Status != StatusCodes.Status500InternalServerError,
        });
        app.UseWhen(
            context => !IsForMachines(context.Request.Path),
            pages => pages.UseStatusCodePagesWithReExecute(Address.Error));
    }

    private static bool IsForMachines(PathString path) =>
        path.StartsWithSegments("/_/webhooks") || path.StartsWithSegments("/_/events")
        || path.StartsWithSegments("/_/health") || path.StartsWithSegments("/_/slack");
}
