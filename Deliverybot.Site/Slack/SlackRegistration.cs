using Deliverybot.Jobs.Surfaces.Slack;
using Deliverybot.Site.Addresses;
using Deliverybot.Site.Settings;
using Deliverybot.Site.SignIn;
using Deliverybot.Site.SignIn.GitHubOAuth;
using Deliverybot.Site.Slack.Commands;
using Deliverybot.Site.Slack.Linking;
using Deliverybot.Site.Slack.SlackNet;
using Microsoft.AspNetCore.Authentication.OAuth;

namespace Deliverybot.Site.Slack;

internal static class SlackRegistration
{
    private static readonly TimeSpan TimeToConfirm = TimeSpan.FromMinutes(15);

    /// <summary>Only where Slack is on: otherwise there is none of its routes.</summary>
    public static IServiceCollection AddSlack(this IServiceCollection services, SiteSettings settings, SlackOptions slack)
    {
        services.AddScoped<SlackLinking>();
        services.AddScoped<SlackLinksReader>();
        services.AddSingleton(provider => new SlackSignature(slack.SigningSecrets, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SeenSignatures>();
        services.AddSingleton<SlackEndpoint>();
        services.AddScoped<DeliverybotCommand>();
        services.AddSingleton<ISlashCommandHandler, PromptCommand>();
        services.AddSingleton<IEventHandler, UninstalledEvents>();
        services.Configure<GitHubAuthenticationOptions>(GitHubAuthenticationDefaults.AuthenticationScheme, FinishLinks);
        services.AddAuthentication()
            .AddCookie(SlackSchemes.Pending, options =>
            {
                CookieForm.Harden(options.Cookie, "deliverybot-slack", settings);
                options.Cookie.SameSite = SameSiteMode.Lax;
                options.ExpireTimeSpan = TimeToConfirm;
                options.SlidingExpiration = false;
            })
            .AddOAuth<OAuthOptions, SlackInstallHandler>(SlackSchemes.Install, options =>
            {
                Configure(options, settings, slack, "oauth/v2/authorize", "api/oauth.v2.access", Address.SlackInstallCallback);
                options.Scope.Add("commands");
                options.Events.OnTicketReceived = async context =>
                {
                    var linking = context.HttpContext.RequestServices.GetRequiredService<SlackLinking>();
                    context.Response.Redirect(await linking.AddWorkspaceAsync(context.HttpContext, context.Principal, context.Properties));
                    context.HandleResponse();
                };
            })
            .AddOAuth<OAuthOptions, SlackIdentityHandler>(SlackSchemes.Identity, options =>
            {
                Configure(options, settings, slack, "openid/connect/authorize", "api/openid.connect.token", Address.SlackLinkCallback);
                options.Scope.Add("openid");
                options.Scope.Add("profile");
                options.SignInScheme = SlackSchemes.Pending;
            });
        return services;
    }

    /// <summary>GitHub answers a link at the same address as a sign-in.</summary>
    private static void FinishLinks(GitHubAuthenticationOptions options)
    {
        var keepTokens = options.Events.OnCreatingTicket;
        options.Events.OnCreatingTicket = context => SlackLinking.IsLinking(context.Properties) ? Task.CompletedTask : keepTokens(context);
        options.Events.OnTicketReceived = async context =>
        {
            if (context.Properties is { } properties && SlackLinking.IsLinking(properties))
            {
                // This consent is the link's own: it signs nobody in.
                var linking = context.HttpContext.RequestServices.GetRequiredService<SlackLinking>();
                context.Response.Redirect(await linking.FinishAsync(context.HttpContext, context.Principal, properties));
                context.HandleResponse();
            }
        };
    }

    private static void Configure(OAuthOptions options, SiteSettings settings, SlackOptions slack, string authorize, string token, string callback)
    {
        options.ClientId = slack.ClientId!;
        options.ClientSecret = slack.ClientSecret!;
        options.AuthorizationEndpoint = new Uri(slack.Url, authorize).AbsoluteUri;
        options.TokenEndpoint = new Uri(slack.Url, token).AbsoluteUri;
        options.CallbackPath = callback;
        CookieForm.Harden(options.CorrelationCookie, "deliverybot-slack-", settings);

        // Slack sends the browser back by a link, which carries lax cookies.
        options.CorrelationCookie.SameSite = SameSiteMode.Lax;
        options.Events.OnRemoteFailure = context =>
        {
            context.Response.Redirect(LinkFault.Unfinished.Page());
            context.HandleResponse();
            return Task.CompletedTask;
        };
    }
}
