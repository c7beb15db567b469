using System.Globalization;
using System.Text.Json.Nodes;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Rest;

/// <summary>One request on its way through a route, inside the world's lock.</summary>
internal sealed class RestCall(GitHubWorld world, Caller caller, HttpRequest request, JsonObject body, Repository? repository)
{
    private const int DefaultPage = 30;
    private const int LargestPage = 100;

    public GitHubWorld World => world;

    public Caller Caller => caller;

    public HttpRequest Request => request;

    public JsonObject Body => body;

    /// <summary>The repository the path names; the caller may see it.</summary>
    public Repository Repository => repository ?? throw RestRefusal.NotFound();

    /// <summary>As whom GitHub notes what is made: the person, or the App's bot.</summary>
    public Account Actor => caller is Caller.AsUser user ? user.Token.User : world.AppBot;

    public int PerPage => Math.Clamp(Number(Query("per_page")) ?? DefaultPage, 1, LargestPage);

    public int Page => Math.Max(Number(Query("page")) ?? 1, 1);

    // Kestrel leaves an encoded slash as it is, and GitHub takes references either way.
    public string Route(string name) => ((string?)request.RouteValues[name] ?? "").Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    public long RouteId(string name) =>
        long.TryParse(Route(name), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : throw RestRefusal.NotFound();

    public string? Query(string name) => request.Query.TryGetValue(name, out var values) ? (string?)values : null;

    public string? Text(string field) => body[field] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public bool? Flag(string field) => body[field] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;

    public string Required(string resource, string field) =>
        Text(field) is { Length: > 0 } text ? text : throw RestRefusal.Invalid(resource, field, "missing_field");

    public Commit Commit(string reference) =>
        Repository.Resolve(reference) ?? throw RestRefusal.Of(422, $"No commit found for SHA: {reference}");

    /// <summary>One page of a list, with the links to the others. https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api</summary>
    /// <param name="inside">Field that holds the list, beside <c>total_count</c>; null when the answer is the list itself.</param>
    public RestAnswer List<T>(IReadOnlyList<T> items, Func<T, JsonNode?> shape, string? inside = null)
    {
        var page = PageOf(items, out var links);
        var list = new JsonArray(page.Select(shape).ToArray());
        JsonNode json = inside is null ? list : new JsonObject { ["total_count"] = items.Count, [inside] = list };
        return new RestAnswer(200, json) { Headers = links };
    }

    public IReadOnlyList<T> PageOf<T>(IReadOnlyList<T> items, out Dictionary<string, string> links)
    {
        var size = PerPage;
        var page = Page;
        var last = Math.Max((items.Count + size - 1) / size, 1);
        var relations = new List<string>();
        if (page > 1)
        {
            relations.Add(Link(page - 1, "prev"));
        }

        if (page < last)
        {
            relations.Add(Link(page + 1, "next"));
            relations.Add(Link(last, "last"));
        }

        if (page > 1)
        {
            relations.Add(Link(1, "first"));
        }

        links = relations.Count == 0 ? [] : new Dictionary<string, string> { ["Link"] = string.Join(", ", relations) };
        return items.Skip((page - 1) * size).Take(size).ToList();
    }

    public string LinkTo(string parameter, string value, string relation)
    {
        var query = request.Query
            .Where(pair => pair.Key != parameter)
            .Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString((string?)pair.Value ?? "")}")
            .Append($"{parameter}={value}");
        return $"<{world.Urls.Root}{request.Path}?{string.Join('&', query)}>; rel=\"{relation}\"";
    }

    private static int? Number(string? text) => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;

    private string Link(int page, string relation) => LinkTo("page", page.ToString(CultureInfo.InvariantCulture), relation);
}
