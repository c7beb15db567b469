using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Deliverybot.Tests.Guides;

/// <summary>
/// The part of GitHub's expressions that the guides' workflows are written in
/// (<see href="https://docs.github.com/actions/reference/workflows-and-actions/expressions"/>): what isn't read here throws, so no guide leans on it unseen.
/// </summary>
/// <param name="contexts">By their names: <c>github</c>, <c>env</c>, <c>secrets</c>.</param>
/// <param name="state">How the job stands, which the status functions tell.</param>
internal sealed partial class ActionsExpression(JsonObject contexts, JobState state)
{
    private static readonly string[] StatusFunctions = ["success", "failure", "cancelled", "always"];

    private string[] tokens = [];
    private int at;

    /// <summary>A condition: the whole text is one expression, with or without its braces. Without a status function it holds only while all went well.</summary>
    public bool Holds(string? condition)
    {
        var text = condition is null ? "success()" : Braced.Match(condition.Trim()) is { Success: true } braced ? braced.Groups[1].Value : condition;
        var holds = IsTrue(Evaluate(text));
        return StatusFunctions.Any(name => text.Contains($"{name}()", StringComparison.Ordinal)) ? holds : holds && state == JobState.Well;
    }

    /// <summary>A text with expressions in it.</summary>
    public string Fill(string text) => Inner.Replace(text, match => Text(Evaluate(match.Groups[1].Value)));

    private JsonNode? Evaluate(string expression)
    {
        tokens = [.. Token.Matches(expression).Select(match => match.Value)];
        at = 0;
        if (string.Concat(tokens) != Blank.Replace(expression, "") && !expression.Contains('\'', StringComparison.Ordinal))
        {
            throw new NotSupportedException($"Not read here: {expression}");
        }

        var value = Either();
        return at == tokens.Length ? value : throw new NotSupportedException($"Not read here: {expression}");
    }

    private JsonNode? Either()
    {
        var value = Both();
        while (Take("||"))
        {
            var other = Both();
            value = IsTrue(value) ? value : other;
        }

        return value;
    }

    private JsonNode? Both()
    {
        var value = Equality();
        while (Take("&&"))
        {
            var other = Equality();
            value = IsTrue(value) ? other : value;
        }

        return value;
    }

    private JsonNode? Equality()
    {
        var value = Not();
        while (at < tokens.Length && tokens[at] is "==" or "!=")
        {
            var wanted = tokens[at++] == "==";
            value = AreEqual(value, Not()) == wanted;
        }

        return value;
    }

    private JsonNode? Not() => Take("!") ? !IsTrue(Not()) : Primary();

    private JsonNode? Primary()
    {
        if (Take("("))
        {
            var inner = Either();
            return Take(")") ? inner : throw new NotSupportedException("A bracket is left open.");
        }

        var token = tokens[at++];
        return token switch
        {
            "true" => true,
            "false" => false,
            "null" => null,
            ['\'', ..] => token[1..^1].Replace("''", "'", StringComparison.Ordinal),
            [>= '0' and <= '9', ..] => double.Parse(token, CultureInfo.InvariantCulture),
            _ when Take("(") => Call(token),
            _ => Look(token),
        };
    }

    private JsonNode? Call(string function)
    {
        var arguments = new List<JsonNode?>();
        while (!Take(")"))
        {
            arguments.Add(Either());
            Take(",");
        }

        return function switch
        {
            "success" => state == JobState.Well,
            "failure" => state == JobState.Failed,
            "cancelled" => state == JobState.Cancelled,
            "always" => true,
            "startsWith" => Text(arguments[0]).StartsWith(Text(arguments[1]), StringComparison.OrdinalIgnoreCase),
            "toJSON" => JsonSerializer.Serialize(arguments[0]),
            _ => throw new NotSupportedException($"Not read here: {function}()"),
        };
    }

    /// <summary>What isn't there is null, as at GitHub; but a context that isn't there is a slip.</summary>
    private JsonNode? Look(string path)
    {
        var names = path.Split('.');
        JsonNode? node = contexts.TryGetPropertyValue(names[0], out var context) ? context : throw new NotSupportedException($"There is no context {names[0]}.");
        foreach (var name in names.Skip(1))
        {
            node = (node as JsonObject)?.FirstOrDefault(field => string.Equals(field.Key, name, StringComparison.OrdinalIgnoreCase)).Value;
        }

        return node;
    }

    private bool Take(string token)
    {
        if (at >= tokens.Length || tokens[at] != token)
        {
            return false;
        }

        at++;
        return true;
    }

    // Texts without regard to case; of two kinds both as numbers.
    private static bool AreEqual(JsonNode? one, JsonNode? other) =>
        one?.GetValueKind() == JsonValueKind.String && other?.GetValueKind() == JsonValueKind.String
            ? string.Equals(Text(one), Text(other), StringComparison.OrdinalIgnoreCase)
            : Number(one).Equals(Number(other)) && !double.IsNaN(Number(one));

    private static double Number(JsonNode? node) => node?.GetValueKind() switch
    {
        null or JsonValueKind.False => 0,
        JsonValueKind.True => 1,
        JsonValueKind.Number => double.Parse(node.ToJsonString(), CultureInfo.InvariantCulture),
        JsonValueKind.String when Text(node).Length == 0 => 0,
        JsonValueKind.String => double.TryParse(Text(node), CultureInfo.InvariantCulture, out var number) ? number : double.NaN,
        _ => double.NaN,
    };

    private static bool IsTrue(JsonNode? node) => node?.GetValueKind() switch
    {
        null or JsonValueKind.False => false,
        JsonValueKind.String => Text(node).Length > 0,
        JsonValueKind.Number => Number(node) != 0,
        _ => true,
    };

    private static string Text(JsonNode? node) => node?.GetValueKind() switch
    {
        null => "",
        JsonValueKind.String => node.GetValue<string>(),
        JsonValueKind.Object or JsonValueKind.Array => throw new NotSupportedException($"No text: {node.ToJsonString()}"),
        _ => node.ToJsonString(),
    };

    [GeneratedRegex(@"^\$\{\{(((?!\$\{\{).)*)\}\}$")]
    private static partial Regex Braced { get; }

    [GeneratedRegex(@"\$\{\{(.*?)\}\}")]
    private static partial Regex Inner { get; }

    [GeneratedRegex(@"'(?:[^']|'')*'|\|\||&&|==|!=|[!(),]|[A-Za-z_][A-Za-z0-9_.-]*|\d+(?:\.\d+)?")]
    private static partial Regex Token { get; }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank { get; }
}

/// <summary>How a job stands so far.</summary>
internal enum JobState
{
    Well,
    Failed,
    Cancelled,
}
