using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Deliverybot.Tests.Jobs.Events.Deliveries.Rubbish;

/// <summary>What no field of GitHub's should hold, and what some have held.</summary>
internal static class RubbishValue
{
    private const string HalfASurrogate = "half-a-surrogate";
    private const string Missing = "missing";

    public static IReadOnlyList<string> Names { get; } =
    [
        Missing, "null", "true", "-1", "1e400", "99999999999999999999999", "3.7", "{}", "[]", "[null]", "[{}]", "\"\"", "\"garbage\"",
        "\"2026-01-01T00:00:00+15:00\"", "\"10000-01-01T00:00:00Z\"", "\"0001-01-01T00:00:00Z\"", "\"\\u0000\"", $"\"{HalfASurrogate}\"",
        $"\"{new string('x', 5000)}\"", Nested(90),
    ];

    /// <summary>The event with rubbish in each field that isn't needed.</summary>
    /// <param name="body">As GitHub sent it.</param>
    /// <param name="isNeeded">Whether a path (<c>repository.owner.login</c>) is needed.</param>
    /// <param name="rubbish">One of the <see cref="Names"/>.</param>
    public static byte[] Everywhere(ReadOnlySpan<byte> body, Predicate<string> isNeeded, string rubbish)
    {
        var node = JsonNode.Parse(body)!.AsObject();
        Spoil(node, "", isNeeded, _ => rubbish);
        return Bytes(node);
    }

    /// <summary>The same, with rubbish of its own for each field; null leaves it as it is.</summary>
    public static byte[] Here(ReadOnlySpan<byte> body, Predicate<string> isNeeded, Func<string, string?> rubbish)
    {
        var node = JsonNode.Parse(body)!.AsObject();
        Spoil(node, "", isNeeded, rubbish);
        return Bytes(node);
    }

    private static void Spoil(JsonObject node, string place, Predicate<string> isNeeded, Func<string, string?> rubbish)
    {
        foreach (var (name, value) in node.ToList())
        {
            var path = place.Length == 0 ? name : $"{place}.{name}";
            if (isNeeded(path))
            {
                if (value is JsonObject inner)
                {
                    Spoil(inner, path, isNeeded, rubbish);
                }
            }
            else if (rubbish(path) is { } spoilt)
            {
                Put(node, name, spoilt);
            }
            else if (value is JsonObject kept)
            {
                Spoil(kept, path, isNeeded, rubbish);
            }
        }
    }

    private static void Put(JsonObject node, string name, string rubbish)
    {
        if (rubbish == Missing)
        {
            node.Remove(name);
        }
        else
        {
            node[name] = JsonNode.Parse(rubbish, documentOptions: new JsonDocumentOptions { MaxDepth = 200 });
        }
    }

    // .NET writes no half of a surrogate pair.
    private static byte[] Bytes(JsonObject node) => Encoding.UTF8.GetBytes(
        node.ToJsonString(new JsonSerializerOptions { MaxDepth = 200 }).Replace(HalfASurrogate, "\\ud83d", StringComparison.Ordinal));

    private static string Nested(int levels) =>
        string.Create(CultureInfo.InvariantCulture, $"{string.Concat(Enumerable.Repeat("{\"a\":", levels))}1{new string('}', levels)}");
}
