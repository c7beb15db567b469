using Deliverybot.Data.Names;
using Deliverybot.Site.Pages;

namespace Deliverybot.Site.Live;

internal static class LiveRegistration
{
    public static IServiceCollection AddLiveUpdates(this IServiceCollection services)
    {
        services.AddSingleton<RepositoryChanges>();
        services.AddHostedService<ChangesListener>();
        services.AddScoped<RepositoryEvents>();
        return services;
    }

    public static void MapLiveUpdates(this IEndpointRouteBuilder routes) =>
        routes.MapGet(
                $"/_/events/{{owner:{OwnerConstraint.Name}}}/{{repo:{RepositoryConstraint.Name}}}",
                async (string owner, string repo, RepositoryEvents events, IHostApplicationLifetime lifetime, HttpContext context) =>
                {
                    // A stream never ends by itself: without this a stopping site would wait for its readers.
                    var ended = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping, context.RequestAborted);
                    context.Response.RegisterForDispose(ended);

                    // nginx would otherwise keep events until it has a buffer full of them.
                    context.Response.Headers["X-Accel-Buffering"] = "no";
                    return await events.OpenAsync(new RepositoryName(owner, repo), ended.Token);
                })
            .RequireAuthorization();
}
