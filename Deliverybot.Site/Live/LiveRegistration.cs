using Deliverybot.Data.Names;
using Deliverybot.Site.Addresses;
using Deliverybot.Site.SignIn;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Deliverybot.Site.Live;

internal static class LiveRegistration
{
    public static IServiceCollection AddLiveUpdates(this IServiceCollection services)
    {
        services.AddSingleton<RepositoryChanges>();
        services.AddSingleton<OpenStreams>();
        services.AddHostedService<ChangesListener>();
        services.AddScoped<RepositoryEvents>();
        services.AddScoped<ReachedEvents>();
        return services;
    }

    public static void MapLiveUpdates(this IEndpointRouteBuilder routes)
    {
        // Counted before the first one is open.
        routes.ServiceProvider.GetRequiredService<OpenStreams>();
        Map(routes, Address.EventsRoute, async (context, stop) => await Events(context).OpenAsync(new RepositoryName(Value(context, "owner"), Value(context, "repo")), stop));
        Map(routes, Address.OwnerEventsRoute, async (context, stop) => await ReachedEvents(context).OpenAsync(new GitHubLogin(Value(context, "owner")), stop));
        Map(routes, Address.AllEvents, async (context, stop) => await ReachedEvents(context).OpenAsync(only: null, stop));
    }

    private static void Map(IEndpointRouteBuilder routes, string route, Func<HttpContext, CancellationToken, Task<IResult>> open) =>
        routes.MapGet(
                route,
                async Task<IResult> (OpenStreams streams, UserSession session, IHostApplicationLifetime lifetime, HttpContext context) =>
                {
                    if (lifetime.ApplicationStopping.IsCancellationRequested)
                    {
                        return LeadElsewhere(context);
                    }

                    if (streams.TryOpen(session.UserId) is not { } stream)
                    {
                        context.Response.Headers.RetryAfter = "60";
                        return TypedResults.Text("Too many pages that change by themselves are open: please close some.", statusCode: StatusCodes.Status429TooManyRequests);
                    }

                    context.Response.RegisterForDispose(stream);

                    // A stream never ends by itself: without this a stopping site would wait for its readers.
                    var ended = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping, context.RequestAborted);
                    context.Response.RegisterForDispose(ended);

                    // nginx would otherwise keep events until it has a buffer full of them.
                    context.Response.Headers["X-Accel-Buffering"] = "no";
                    try
                    {
                        return await open(context, ended.Token);
                    }
                    catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
                    {
                        return LeadElsewhere(context);
                    }
                })
            .RequireAuthorization();

    /// <summary>It came by a connection that was open still: once that is closed, the next one leads to another process.</summary>
    private static ContentHttpResult LeadElsewhere(HttpContext context)
    {
        context.Response.Headers.Connection = "close";
        context.Response.Headers.RetryAfter = "1";
        return TypedResults.Text("This process is ending: please open the events once more.", statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static string Value(HttpContext context, string name) => (string)context.Request.RouteValues[name]!;

    private static RepositoryEvents Events(HttpContext context) => context.RequestServices.GetRequiredService<RepositoryEvents>();

    private static ReachedEvents ReachedEvents(HttpContext context) => context.RequestServices.GetRequiredService<ReachedEvents>();
}
