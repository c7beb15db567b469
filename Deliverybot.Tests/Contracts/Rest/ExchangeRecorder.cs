using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Deliverybot.Tests.Contracts.Rest;

/// <summary>Middleware that keeps what a stand-in GitHub was asked below the REST API's root, and what it answered.</summary>
internal sealed class ExchangeRecorder
{
    private const string Root = "/api/v3";

    private readonly ConcurrentQueue<Exchange> _exchanges = new();

    public IReadOnlyList<Exchange> Exchanges => [.. _exchanges];

    public async Task RecordAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Path.StartsWithSegments(Root, out var path))
        {
            await next(context);
            return;
        }

        context.Request.EnableBuffering();
        var sent = await ReadAsync(context.Request.Body, context.RequestAborted);
        var wire = context.Response.Body;
        using var answer = new MemoryStream();
        context.Response.Body = answer;
        await next(context);
        context.Response.Body = wire;
        _exchanges.Enqueue(new Exchange(
            context.Request.Method,
            path.Value!,
            [.. context.Request.Query.Keys],
            sent,
            context.Response.StatusCode,
            context.Response.ContentType,
            await ReadAsync(answer, context.RequestAborted)));
        await answer.CopyToAsync(wire, context.RequestAborted);
    }

    private static async Task<string> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        body.Position = 0;
        using var reader = new StreamReader(body, Encoding.UTF8, leaveOpen: true);
        var text = await reader.ReadToEndAsync(cancellationToken);
        body.Position = 0;
        return text;
    }
}
