using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Deliverybot.Sandbox.Page;

/// <summary>Renders a component as a whole page.</summary>
internal sealed class PageRenderer(IServiceProvider services, ILoggerFactory loggers)
{
    public async Task<IResult> RenderAsync<TPage>(Dictionary<string, object?> parameters)
        where TPage : IComponent
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var page = await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(parameters));
            return page.ToHtmlString();
        });
        return Results.Content(html, "text/html; charset=utf-8");
    }
}
