using System.Net;
using Deliverybot.Sandbox.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Deliverybot.Tests.Browser;

/// <summary>A proxy that passes an answer on when it has the whole of it, at another address than the site's public one.</summary>
internal sealed class HoldingProxy : IAsyncDisposable
{
    private static readonly string[] OfTheConnection = ["Transfer-Encoding", "Connection", "Content-Length"];

    private readonly HttpClient _site;
    private readonly WebApplication _web;

    private HoldingProxy(Uri site)
    {
        Url = new Uri($"http://127.0.0.1:{FreePorts.Next()}");
        _site = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = site };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Url.GetLeftPart(UriPartial.Authority));
        _web = builder.Build();
        _web.Run(PassAsync);
    }

    public Uri Url { get; }

    public static async Task<HoldingProxy> StartAsync(Uri site, CancellationToken cancellationToken)
    {
        var proxy = new HoldingProxy(site);
        await proxy._web.StartAsync(cancellationToken);
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        _site.Dispose();
    }

    private async Task PassAsync(HttpContext context)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), context.Request.Path + context.Request.QueryString);
        request.Headers.TryAddWithoutValidation("Cookie", context.Request.Headers.Cookie.ToString());
        try
        {
            using var answer = await _site.SendAsync(request, HttpCompletionOption.ResponseContentRead, context.RequestAborted);
            context.Response.StatusCode = (int)answer.StatusCode;
            foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => !OfTheConnection.Contains(header.Key)))
            {
                context.Response.Headers[name] = values.ToArray();
            }

            if (answer.StatusCode is not (HttpStatusCode.NotModified or HttpStatusCode.NoContent))
            {
                await context.Response.Body.WriteAsync(await answer.Content.ReadAsByteArrayAsync(context.RequestAborted), context.RequestAborted);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
        }
    }
}
