using System.Diagnostics;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;

namespace Deliverybot.Jobs.GitHub;

internal static class GitHubRegistration
{
    /// <summary>Registers <see cref="GitHubClients"/>. Without a configured App it can be had, but not used.</summary>
    public static IServiceCollection AddGitHub(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<GitHubPatience>();
        services.AddOptions<GitHubOptions>().Bind(configuration.GetSection(GitHubOptions.Section))
            .Configure(options => options.WithPairsOf(configuration.GetSection(GitHubOptions.Section)));
        services.AddSingleton<SecretsInUse>();
        services.AddSingleton(provider => GitHubAddresses.Of(provider.GetRequiredService<IOptions<GitHubOptions>>().Value.Url));
        services.AddSingleton<ETagStore>();
        services.AddSingleton<CallMetrics>();
        services.AddSingleton<RateLimits>();
        services.AddSingleton<Entrance>();
        services.AddSingleton<Pauses>();
        services.AddSingleton<GitHubHttp>();
        services.AddSingleton<GitHubTransports>();
        services.AddSingleton<AppIdentity>();
        services.AddSingleton<GitHubClients>();
        AddHandlers(services);
        return services;
    }

    private static void AddHandlers(IServiceCollection services)
    {
        services.AddTransient<BufferingHandler>();
        services.AddTransient<SoundHeadersHandler>();
        var client = services.AddHttpClient(GitHubHttp.Name)
            // The factory's own log would show addresses; ours shows routes.
            .RemoveAllLoggers()
            .UseSocketsHttpHandler((sockets, _) =>
            {
                sockets.MaxConnectionsPerServer = 64;
                sockets.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
                // Octokit follows redirects itself, and drops the token on the way to another host.
                sockets.AllowAutoRedirect = false;
                sockets.UseCookies = false;
                // Spans, but no headers: neither our traces nor what callers put into theirs is GitHub's business.
                sockets.ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator();
                sockets.AutomaticDecompression = System.Net.DecompressionMethods.All;
            })
            // The connections are renewed by their own lifetime, under a handler that stays.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        client.AddResilienceHandler(GitHubHttp.Name, AddRetries);
        client.AddHttpMessageHandler<BufferingHandler>();
        client.AddHttpMessageHandler<SoundHeadersHandler>();
    }

    private static void AddRetries(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, ResilienceHandlerContext context)
    {
        var patience = context.ServiceProvider.GetRequiredService<IOptions<GitHubPatience>>().Value;
        pipeline
            .AddTimeout(patience.Total)
            .AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = patience.Retries,
                Delay = patience.FirstPause,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldRetryAfterHeader = false,
                ShouldHandle = arguments => ValueTask.FromResult(
                    RetryRules.ShouldRetry(arguments.Outcome, arguments.Context.GetRequestMessage())),
            })
            .AddTimeout(patience.Attempt);
    }
}
