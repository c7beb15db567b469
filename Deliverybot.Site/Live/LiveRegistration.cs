using Deliverybot.Data.Names;
using Deliverybot.Site.Addresses;
using Deliverybot.Site.SignIn;

namespace Deliverybot.Site.Live;

internal static class LiveRegistration
{
    public static IServiceCollection AddLiveUpdates(this IServiceCollection services)
    {
        services.AddSingleton<RepositoryChanges>();
        services.AddSingleton<OpenStreams>();
        services.AddHostedService<ChangesListener>();
        services.AddScoped<RepositoryEvents>();
        return services;
    }

    public static void MapLiveUpdates(this IEndpointRouteBuilder routes) =>
        routes.MapGet(
                Address.EventsRoute,
                async Task<IResult> (
                    string owner, string repo, RepositoryEvents events, OpenStreams streams, UserSession session, IHostApplicationLifetime lifetime, HttpContext context) =>
                {
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
                    return await events.OpenAsync(new RepositoryName(owner, repo), ended.Token);
                })
            .RequireAuthorization();
}
