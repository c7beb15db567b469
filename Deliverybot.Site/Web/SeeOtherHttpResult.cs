namespace Deliverybot.Site.Web;

/// <summary>303: the form was taken, look there for what came of it.</summary>
internal sealed class SeeOtherHttpResult(string localUrl) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = localUrl;
        return Task.CompletedTask;
    }
}
