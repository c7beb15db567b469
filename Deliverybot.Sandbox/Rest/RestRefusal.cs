using System.Text.Json.Nodes;

namespace Deliverybot.Sandbox.Rest;

/// <summary>Ends a request with one of GitHub's error answers.</summary>
internal sealed class RestRefusal(int status, JsonObject body) : Exception(body.ToJsonString())
{
    private const string Docs = "https://docs.github.com/rest";

    public RestAnswer Answer { get; private init; } = new(status, body);

    public static RestRefusal Of(int status, string message) => new(status, new JsonObject
    {
        ["message"] = message,
        ["documentation_url"] = Docs,
        ["status"] = status.ToString(System.Globalization.CultureInfo.InvariantCulture),
    });

    public static RestRefusal NotFound() => Of(404, "Not Found");

    /// <summary>https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects</summary>
    public static RestRefusal Moved(HttpRequest request, string formerPath, long repositoryId)
    {
        var path = request.Path.ToUriComponent().Replace(formerPath, $"/repositories/{repositoryId}", StringComparison.OrdinalIgnoreCase);
        var refusal = Of(HttpMethods.IsGet(request.Method) ? 301 : 307, "Moved Permanently");
        refusal.Answer.Headers["Location"] = $"{request.Scheme}://{request.Host}{path}{request.QueryString}";
        return refusal;
    }

    public static RestRefusal NotForIntegrations() => Of(403, "Resource not accessible by integration");

    public static RestRefusal BadCredentials() => Of(401, "Bad credentials");

    /// <summary>https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#validation-failed</summary>
    public static RestRefusal Invalid(string resource, string field, string code, string? message = null)
    {
        var error = new JsonObject { ["resource"] = resource, ["code"] = code, ["field"] = field };
        if (message is not null)
        {
            error["message"] = message;
        }

        return new RestRefusal(422, new JsonObject
        {
            ["message"] = "Validation Failed",
            ["errors"] = new JsonArray(error),
            ["documentation_url"] = Docs,
            ["status"] = "422",
        });
    }

    /// <summary>https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits</summary>
    public static RestRefusal SecondaryLimit(int status, TimeSpan retryAfter)
    {
        var refusal = Of(status, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.");
        refusal.Answer.Headers["Retry-After"] = ((int)retryAfter.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return refusal;
    }
}
