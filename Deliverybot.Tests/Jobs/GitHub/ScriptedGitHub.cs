using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Deliverybot.Tests.Jobs.GitHub;

/// <summary>
/// A server that gives exactly the answers a test names, broken ones too, which an honest GitHub can't be made to give.
/// It hands out installation tokens by itself; whatever nobody named is a 404.
/// </summary>
internal sealed class ScriptedGitHub : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, RequestDelegate> _answers = new();
    private readonly ConcurrentQueue<SeenRequest> _requests = new();
    private readonly WebApplication _server;
    private readonly FakeTimeProvider _time;
    private int _tokens;

    private ScriptedGitHub(WebApplication server, FakeTimeProvider time)
    {
        _server = server;
        _time = time;
        server.Run(AnswerAsync);
    }

    public Uri Url => new(_server.Urls.Single());

    public IReadOnlyList<SeenRequest> Requests => [.. _requests.Where(request => !IsTokenRequest(request.Path))];

    public IReadOnlyList<SeenRequest> TokenRequests => [.. _requests.Where(request => IsTokenRequest(request.Path))];

    public static async Task<ScriptedGitHub> StartAsync(FakeTimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var github = new ScriptedGitHub(builder.Build(), time);
        await github._server.StartAsync();
        return github;
    }

    /// <summary>Answers in their turn; the last one stays.</summary>
    public void On(string methodAndPath, params RequestDelegate[] answers)
    {
        var turn = -1;
        _answers[methodAndPath] = context => answers[Math.Min(Interlocked.Increment(ref turn), answers.Length - 1)](context);
    }

    public static RequestDelegate Json(int status, string body, params (string Name, string Value)[] headers) => async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.WriteAsync(body);
    };

    /// <summary>Takes the request, and cuts the connection instead of answering.</summary>
    public static Task Drop(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private static bool IsTokenRequest(string path) => path.EndsWith("/access_tokens", StringComparison.Ordinal);

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var path = context.Request.Path.Value!;
        _requests.Enqueue(new SeenRequest(
            context.Request.Method,
            path,
            context.Request.QueryString.Value ?? "",
            body,
            new HeaderDictionary(context.Request.Headers.ToDictionary())));

        if (_answers.TryGetValue($"{context.Request.Method} {path}", out var answer))
        {
            await answer(context);
        }
        else if (IsTokenRequest(path))
        {
            var number = Interlocked.Increment(ref _tokens);
            var until = _time.GetUtcNow().AddHours(1).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
            await Json(201, $$"""{"token":"ghs_{{number}}","expires_at":"{{until}}"}""")(context);
        }
        else
        {
            await Json(404, """{"message":"Not Found"}""")(context);
        }
    }
}
