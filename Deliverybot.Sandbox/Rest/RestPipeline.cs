using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Deliverybot.Sandbox.Faults;
using Deliverybot.Sandbox.Requests;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Rest;

/// <summary>What every request passes: faults, authentication, rights, rate limit, the route itself, ETag, log.</summary>
internal sealed class RestPipeline(GitHubWorld world, Authentication authentication, RateLimits limits, FaultPlan faults, RequestLog log)
{
    public async Task RunAsync(HttpContext context, RestRoute route)
    {
        var fault = faults.Draw(context.Request.Method, route.Template, context.Request.Path.Value!);
        if (fault.Latency > TimeSpan.Zero)
        {
            await Task.Delay(fault.Latency, context.RequestAborted);
        }

        Caller caller = new Caller.Anonymous();
        RestAnswer answer;
        try
        {
            if (fault.Error is { } error)
            {
                throw RestRefusal.Of(error.ErrorStatus, error.ErrorMessage);
            }

            caller = await authentication.CallerOfAsync(context.Request);
            answer = await AnswerAsync(context, route, caller, fault);
        }
        catch (RestRefusal refusal)
        {
            answer = refusal.Answer;
        }

        var body = answer.Raw ?? (answer.Body is null ? [] : JsonSerializer.SerializeToUtf8Bytes(answer.Body, DeepJson.Sent));
        var status = HttpMethods.IsGet(context.Request.Method) && answer.Status == 200 ? Revalidate(context, body) : answer.Status;
        if (route.CountsForRateLimit && status != 304)
        {
            limits.Count(caller.LimitKey);
        }

        Log(context, route, status, caller);
        if (fault.DropAnswer)
        {
            context.Abort();
            return;
        }

        await WriteAsync(context, route, caller, answer, status, status == 304 ? [] : body);
    }

    private static int Revalidate(HttpContext context, byte[] body)
    {
        var tag = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(body))}\"";
        context.Response.Headers.ETag = tag;
        context.Response.Headers.CacheControl = "private, max-age=60, s-maxage=60";
        var asked = context.Request.Headers.IfNoneMatch.ToString();
        return asked.Split(',').Any(known => Strong(known) == Strong(tag)) ? 304 : 200;
    }

    private static string Strong(string tag) => tag.Trim().StartsWith("W/", StringComparison.Ordinal) ? tag.Trim()[2..] : tag.Trim();

    private async Task<RestAnswer> AnswerAsync(HttpContext context, RestRoute route, Caller caller, Fault fault)
    {
        if (fault.SecondaryLimit is { } limit)
        {
            throw RestRefusal.SecondaryLimit(limit.SecondaryLimitStatus, limit.RetryAfter);
        }

        if (route.CountsForRateLimit && limits.Exhausted(caller.LimitKey))
        {
            throw RestRefusal.Of(403, $"API rate limit exceeded for {caller.LimitKey}.");
        }

        var body = await RequestBody.ReadAsync(context.Request, context.RequestAborted);
        fault.Meanwhile?.Invoke();
        lock (world.Gate)
        {
            var repository = RepositoryOf(context.Request);
            Gatekeeper.Admit(world, caller, route.Access, repository);
            return route.Handle(new RestCall(world, caller, context.Request, body, repository));
        }
    }

    private Repository? RepositoryOf(HttpRequest request)
    {
        if (request.RouteValues["repository_id"] is string id)
        {
            return long.TryParse(id, CultureInfo.InvariantCulture, out var number) ? world.FindRepository(number) : null;
        }

        if (request.RouteValues["owner"] is not string owner || request.RouteValues["repo"] is not string name)
        {
            return null;
        }

        if (world.FindRepository($"{owner}/{name}") is { } repository)
        {
            return repository;
        }

        return world.FindRenamed($"{owner}/{name}") is { } renamed ? throw RestRefusal.Moved(request, $"/repos/{owner}/{name}", renamed.Id) : null;
    }

    private void Log(HttpContext context, RestRoute route, int status, Caller caller) => log.Add(new RequestLogEntry(
        world.Time.GetUtcNow(),
        context.Request.Method,
        route.Template,
        context.Request.Path + context.Request.QueryString,
        status,
        caller.Kind,
        context.Items[GraphQl.GraphQlRoutes.Asked] as string,
        context.Request.ContentLength ?? 0));

    private async Task WriteAsync(HttpContext context, RestRoute route, Caller caller, RestAnswer answer, int status, byte[] body)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.Headers["X-GitHub-Request-Id"] = context.TraceIdentifier;
        response.Headers["X-GitHub-Media-Type"] = "github.v3; format=json";
        response.Headers["X-GitHub-Enterprise-Version"] = "3.17.0";
        if (route.CountsForRateLimit)
        {
            limits.WriteTo(response.Headers, caller.LimitKey);
        }

        foreach (var (header, value) in answer.Headers)
        {
            response.Headers[header] = value;
        }

        if (body.Length > 0)
        {
            response.ContentType = answer.ContentType;
            response.ContentLength = body.Length;
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }
}
