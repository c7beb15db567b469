using Deliverybot.Jobs.Engine;
using Deliverybot.Site.Addresses;
using Deliverybot.Site.Rights;
using Deliverybot.Site.SignIn;
using Hangfire;
using Hangfire.Dashboard;

namespace Deliverybot.Site.Operations;

/// <summary>Hangfire's dashboard: what runs, what failed, and a button to run it again. For operators; for others there is no such page.</summary>
internal static class JobDashboard
{
    // Hangfire keeps it for the whole process, in which several sites may run.
    private static readonly Lazy<IGlobalConfiguration> AboutOnce = new(() => GlobalConfiguration.Configuration.UseJobDetailsRenderer(0, JobAbout.Render));

    public static void MapJobDashboard(this WebApplication app)
    {
        _ = AboutOnce.Value;
        // The dashboard's own filters answer 401 or 403, which would tell that it is there.
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments(Address.Jobs),
            dashboard => dashboard.Use(async (context, next) =>
            {
                if (UserSession.TryOf(context) is not null
                    && await context.RequestServices.GetRequiredService<OperatorAuthorization>().IsOperatorAsync(context.RequestAborted))
                {
                    await next(context);
                    return;
                }

                context.SetEndpoint(endpoint: null);
                context.Response.StatusCode = StatusCodes.Status404NotFound;
            }));
        app.MapHangfireDashboard(Address.Jobs, new DashboardOptions
        {
            Authorization = [],
            IgnoreAntiforgeryToken = false,
            AppPath = Address.Home,
            DashboardTitle = "Deliverybot jobs",
            DisplayStorageConnectionString = false,
            DisplayNameFunc = (context, job) => JobTitles.Of(job, context.GetHttpContext().RequestServices.GetRequiredService<JobSubjects>().Of(job)),
        }).WithSecurityHeadersPolicy(SecurityHeaders.JobDashboardPolicy);
    }
}
