namespace Deliverybot.Site.Operations;

/// <summary>What browsers may do with our pages: only what comes from here, nothing inline, in nobody's frame.</summary>
internal static class SecurityHeaders
{
    /// <summary>The job dashboard is Hangfire's own page and sets styles on elements.</summary>
    public const string JobDashboardPolicy = "job-dashboard";

    private const int OneYearInSeconds = 365 * 24 * 60 * 60;

    public static IServiceCollection AddSecurityHeaders(this IServiceCollection services, Uri? gitHub, bool https, bool isRegistering = false)
    {
        services.AddSecurityHeaderPolicies()
            .SetDefaultPolicy(Policy(gitHub, https, inlineStyles: false, isRegistering))
            .AddPolicy(JobDashboardPolicy, Policy(gitHub, https, inlineStyles: true, isRegistering));
        return services;
    }

    private static HeaderPolicyCollection Policy(Uri? gitHub, bool https, bool inlineStyles, bool isRegistering)
    {
        var policy = new HeaderPolicyCollection()
            .AddFrameOptionsDeny()
            .AddContentTypeOptionsNoSniff()
            .AddReferrerPolicyStrictOriginWhenCrossOrigin()
            .AddCrossOriginOpenerPolicy(builder => builder.SameOrigin())
            .AddCrossOriginResourcePolicy(builder => builder.SameOrigin())
            .AddPermissionsPolicy(permissions =>
            {
                permissions.AddCamera().None();
                permissions.AddMicrophone().None();
                permissions.AddGeolocation().None();
                permissions.AddPayment().None();
                permissions.AddUsb().None();
            })
            .RemoveServerHeader()
            .AddContentSecurityPolicy(csp =>
            {
                csp.AddDefaultSrc().None();
                csp.AddScriptSrc().Self();
                var styles = csp.AddStyleSrc().Self();
                var images = csp.AddImgSrc().Self();
                csp.AddFontSrc().Self();
                csp.AddConnectSrc().Self();
                var forms = csp.AddFormAction().Self();
                csp.AddBaseUri().None();
                csp.AddFrameAncestors().None();
                if (inlineStyles)
                {
                    styles.UnsafeInline();
                    images.Data();
                }

                foreach (var origin in gitHub is null ? [] : AvatarOrigins(gitHub))
                {
                    images.From(origin);
                }

                if (isRegistering)
                {
                    // The manifest is posted to whichever GitHub the operator names.
                    forms.OverHttps().From("http://localhost:*").From("http://127.0.0.1:*");
                }

                if (gitHub is not null)
                {
                    // A form posted after the session's end is redirected to GitHub's sign-in.
                    forms.From(Origin(gitHub));
                }
            });
        return https ? policy.AddStrictTransportSecurityMaxAge(OneYearInSeconds) : policy;
    }

    /// <summary>GitHub Enterprise Server serves avatars itself, or with subdomain isolation from a host of its own.</summary>
    private static string[] AvatarOrigins(Uri gitHub) =>
        gitHub.Host == "github.com"
            ? ["https://avatars.githubusercontent.com"]
            : gitHub.IsLoopback
                ? [$"{gitHub.Scheme}://localhost:{gitHub.Port}", $"{gitHub.Scheme}://127.0.0.1:{gitHub.Port}"]
                : [Origin(gitHub), $"{gitHub.Scheme}://avatars.{gitHub.Authority}"];

    private static string Origin(Uri url) => url.GetLeftPart(UriPartial.Authority);
}
