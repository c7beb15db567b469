using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Deliverybot.Sandbox.Page;

/// <summary>Renders a component as a whole page.</summary>
internal sealed class PageRenderer(IServiceProvider services, ILoggerFactory loggers)
{
    public async Task<IResult> RenderAsync<TPage>(Dictionary<string, object?> parameters)
        where TPage : IComponent => Results.Content(await HtmlAsync<TPage>(parameters), "text/html; charset=utf-8");

    /// <summary>The same, once it is to be sent.</summary>
    public IResult Later<TPage>(int status, Dictionary<string, object?> parameters)
        where TPage : IComponent => new Page(status, () => HtmlAsync<TPage>(parameters));

    private async Task<string> HtmlAsync<TPage>(Dictionary<string, object?> parameters)
        where TPage : IComponent
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var page = await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(parameters));
            return page.ToHtmlString();
        });
    }

    private sealed class Page(int status, Func<Task<string>> html) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext) =>
            await Results.Content(await html(), "text/html; charset=utf-8", statusCode: status).ExecuteAsync(httpContext);
    }
}
