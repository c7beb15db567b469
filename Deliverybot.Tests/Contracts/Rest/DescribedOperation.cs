using System.Globalization;
using System.Text.Json.Nodes;

namespace Deliverybot.Tests.Contracts.Rest;

/// <summary>What GitHub writes about one operation.</summary>
/// <param name="Template">Such as <c>/repos/{owner}/{repo}</c>.</param>
internal sealed record DescribedOperation(string Method, string Template, JsonObject Description)
{
    private const string Json = "application/json";

    private readonly string[] _segments = Template.Split('/');

    public int Literals => _segments.Count(segment => !IsGap(segment));

    /// <summary>The parameters that a query may have.</summary>
    public IReadOnlySet<string> Query { get; } = Parameters(Description)
        .Where(parameter => (string)parameter["in"]! == "query")
        .Select(parameter => (string)parameter["name"]!)
        .ToHashSet();

    /// <summary>Null where a request has no body.</summary>
    public JsonNode? RequestSchema => Description["requestBody"]?["content"]?[Json]?["schema"];

    public IReadOnlySet<int> Statuses { get; } = Description["responses"]!.AsObject()
        .Select(response => int.Parse(response.Key, CultureInfo.InvariantCulture))
        .ToHashSet();

    /// <summary>Null where the answer has no body.</summary>
    public JsonNode? ResponseSchema(int status) => Description["responses"]![$"{status}"]?["content"]?[Json]?["schema"];

    public bool Fits(string path)
    {
        var segments = path.Split('/');
        var fits = LastGapTakesSlashes ? segments.Length >= _segments.Length : segments.Length == _segments.Length;
        return fits && _segments.Zip(segments).All(pair => IsGap(pair.First) || pair.First == pair.Second);
    }

    public override string ToString() => $"{Method} {Template}";

    // https://docs.github.com/rest names a file's path or a ref by several segments at the end.
    private bool LastGapTakesSlashes => IsGap(_segments[^1]) && Parameters(Description).Any(parameter => parameter["x-multi-segment"] is not null);

    private static IEnumerable<JsonNode> Parameters(JsonObject description) => (description["parameters"] as JsonArray ?? []).OfType<JsonNode>();

    private static bool IsGap(string segment) => segment.StartsWith('{');
}
