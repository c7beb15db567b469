using Deliverybot.Jobs.Engine;

namespace Deliverybot.Site.Web;

/// <summary>A person waits for whatever comes after this: it works on the pages' connections.</summary>
internal static class PageFlow
{
    /// <summary>After routing: health and webhooks, which have no page, have been answered by then.</summary>
    public static void UsePagesOfTheirOwn(this IApplicationBuilder app) => app.Use(next => context =>
    {
        context.RequestServices.GetRequiredService<DatabasePools>().BeginPage();
        return next(context);
    });
}
