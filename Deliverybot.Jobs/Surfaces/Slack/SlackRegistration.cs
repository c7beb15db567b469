using System.Diagnostics;
using Deliverybot.Jobs.Changes;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Jobs.Surfaces.Slack.Commands;
using Deliverybot.Jobs.Surfaces.Slack.Links;
using Deliverybot.Jobs.Surfaces.Slack.Messages;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.Surfaces.Slack;

/// <summary>Links and commands. Where Slack is off, nothing asks for them.</summary>
internal static class SlackRegistration
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    public static IServiceCollection AddSlackCommands(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SlackOptions>().Bind(configuration.GetSection(SlackOptions.Section));
        services.AddDataProtection();
        AddHttp(services, SlackHttp.Name);
        AddHttp(services, UserTokenRefresh.HttpName);
        return services
            .AddSingleton<UserTokenRefresh>()
            .AddSingleton<LinkSecrets>()
            .AddSingleton<SlackPages>()
            .AddSingleton<SlackResponses>()
            .AddScoped<LinkTokens>()
            .AddScoped<SlackLinks>()
            .AddScoped<IEndsWithInstallation>(provider => provider.GetRequiredService<SlackLinks>())
            .AddScoped<SlackWorkspaces>()
            .AddScoped<RemoveWorkspaceJob>()
            .AddScoped<SlackRequests>()
            .AddScoped<IChannel, SlackThread>()
            .AddScoped<SlackRepositories>()
            .AddScoped<DeploymentAnswers>()
            .AddScoped<SlackReply>()
            .AddScoped<SlackStatus>()
            .AddScoped<SlackDefault>()
            .AddScoped<SlackCommands>()
            .AddScoped<SlackCommandJob>();
    }

    /// <summary>Neither addresses nor bodies are logged, and nothing is sent on to where an answer leads.</summary>
    private static void AddHttp(IServiceCollection services, string name) => services.AddHttpClient(name)
        .ConfigureHttpClient(client => client.Timeout = Patience)
        .RemoveAllLoggers()
        .UseSocketsHttpHandler((sockets, _) =>
        {
            sockets.AllowAutoRedirect = false;
            sockets.UseCookies = false;
            sockets.ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator();
            sockets.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
        })
        .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
}
