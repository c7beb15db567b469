using Microsoft.AspNetCore.Mvc;

namespace Deliverybot.Site.Web;

/// <summary>303: the form was taken, look there for what came of it.</summary>
internal sealed class SeeOtherResult(string localUrl) : ActionResult
{
    public override void ExecuteResult(ActionContext context)
    {
        context.HttpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.HttpContext.Response.Headers.Location = localUrl;
    }
}
