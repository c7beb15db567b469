using Deliverybot.Site.Addresses;

namespace Deliverybot.Site.Pages.SetUp;

internal static class SetUpEndpoints
{
    private static readonly PathString Page = Address.SetUp;

    private static readonly PathString[] Pages = [Page, Address.SetUpRegistered, Address.Error];

    private static readonly PathString[] Others = ["/_/health", "/css", "/js", "/lib", "/img", "/favicon.svg"];

    /// <summary>Whatever page is asked for, the answer is the set-up page.</summary>
    public static void UseSetUpPageAlone(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (!Pages.Contains(context.Request.Path) && !Others.Any(other => context.Request.Path.StartsWithSegments(other)))
        {
            context.Request.Path = Page;
        }

        return next(context);
    });
}
