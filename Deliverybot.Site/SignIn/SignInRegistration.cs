using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Site.Addresses;
using Deliverybot.Site.Settings;
using Deliverybot.Site.SignIn.GitHubOAuth;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Deliverybot.Site.SignIn;

internal static class SignInRegistration
{
    public static IServiceCollection AddSignIn(this IServiceCollection services, SiteSettings settings, GitHubOptions gitHub)
    {
        services.AddScoped<SessionCookie>();
        services.AddScoped<SessionEnds>();
        services.AddScoped<SignOut>();
        services.AddSingleton<KeptForms>();
        services.AddHttpContextAccessor();
        services.AddScoped(provider =>
            UserSession.TryOf(provider.GetRequiredService<IHttpContextAccessor>().HttpContext!)
            ?? throw new InvalidOperationException("Only pages that require sign-in may ask for the user's session."));

        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie(options =>
            {
                CookieForm.Harden(options.Cookie, "deliverybot", settings);
                options.Cookie.SameSite = SameSiteMode.Lax;
                options.ExpireTimeSpan = SessionCookie.Length;
                options.SlidingExpiration = false;
                options.EventsType = typeof(SessionCookie);
            })
            .AddGitHub(options =>
            {
                var addresses = GitHubAddresses.Of(gitHub.Url);
                options.ClientId = gitHub.ClientId!;
                options.ClientSecret = gitHub.ClientSecret!;
                options.AuthorizationEndpoint = addresses.OAuthAuthorize.AbsoluteUri;
                options.TokenEndpoint = addresses.OAuthToken.AbsoluteUri;
                options.UserInformationEndpoint = new Uri(addresses.Api, "user").AbsoluteUri;
                options.SaveTokens = true;
                CookieForm.Harden(options.CorrelationCookie, "deliverybot-sign-in-", settings);

                // GitHub sends the browser back by a link, which carries lax cookies.
                options.CorrelationCookie.SameSite = SameSiteMode.Lax;
                options.Events.OnCreatingTicket = context =>
                {
                    // The refresh token is single-use: kept in a cookie, parallel tabs would end each other's session.
                    context.Properties.StoreTokens(context.Properties.GetTokens().Where(token => token.Name != "refresh_token"));
                    return Task.CompletedTask;
                };
                options.Events.OnRemoteFailure = context =>
                {
                    context.Response.Redirect(Address.SignInFailed);
                    context.HandleResponse();
                    return Task.CompletedTask;
                };
            });
        services.AddAuthorization();
        services.AddAntiforgery(options =>
        {
            CookieForm.Harden(options.Cookie, "deliverybot-forms", settings);
            options.Cookie.SameSite = SameSiteMode.Strict;
        });
        return services;
    }
}
