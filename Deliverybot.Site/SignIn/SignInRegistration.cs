using Deliverybot.Jobs.GitHub;
using Deliverybot.Site.Settings;
using Deliverybot.Site.SignIn.GitHubOAuth;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Deliverybot.Site.SignIn;

internal static class SignInRegistration
{
    private const string ApplicationName = "Deliverybot";

    public static IServiceCollection AddSignIn(this IServiceCollection services, SiteSettings settings, GitHubOptions gitHub)
    {
        services.AddScoped<SessionCookie>();
        services.AddScoped<SessionEnds>();
        services.AddScoped<SignOut>();
        services.AddHttpContextAccessor();
        services.AddScoped(provider =>
            UserSession.TryOf(provider.GetRequiredService<IHttpContextAccessor>().HttpContext!)
            ?? throw new InvalidOperationException("Only pages that require sign-in may ask for the user's session."));

        services.AddDbContext<KeyContext>((provider, options) => options
            .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>())
            .UseSnakeCaseNamingConvention());
        var keys = services.AddDataProtection().SetApplicationName(ApplicationName).PersistKeysToDbContext<KeyContext>();
        if (settings.KeyCertificate is { } certificate)
        {
            keys.ProtectKeysWithCertificate(certificate);
        }

        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie(options =>
            {
                Harden(options.Cookie, "deliverybot", settings);
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
                Harden(options.CorrelationCookie, "deliverybot-sign-in-", settings);

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
                    context.Response.Redirect(SignInLinks.Failed);
                    context.HandleResponse();
                    return Task.CompletedTask;
                };
            });
        services.AddAuthorization();
        services.AddAntiforgery(options =>
        {
            Harden(options.Cookie, "deliverybot-forms", settings);
            options.Cookie.SameSite = SameSiteMode.Strict;
        });
        return services;
    }

    /// <summary>With https: a name that browsers accept only for this host, whole and encrypted.</summary>
    private static void Harden(CookieBuilder cookie, string name, SiteSettings settings)
    {
        cookie.Name = settings.IsHttps ? $"__Host-{name}" : name;
        cookie.Path = "/";
        cookie.HttpOnly = true;
        cookie.IsEssential = true;
        cookie.SecurePolicy = settings.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
    }
}
