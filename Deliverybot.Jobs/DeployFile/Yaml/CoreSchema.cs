using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Deliverybot.Jobs.DeployFile.Faults;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Deliverybot.Jobs.DeployFile.Yaml;

/// <summary>Tells plain scalars apart as YAML's <see href="https://yaml.org/spec/1.2.2/#103-core-schema">core schema</see> does.</summary>
internal static partial class CoreSchema
{
    /// <summary>Beyond this length a number is no number that anybody could store.</summary>
    private const int LongestNumber = 40;

    public static ScalarKind KindOf(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => ScalarKind.Null,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => ScalarKind.Flag,
        [(>= '0' and <= '9') or '+' or '-' or '.', ..] when Number.IsMatch(text) => ScalarKind.Number,
        _ => ScalarKind.Text,
    };

    public static bool IsTrue(string text) => text is "true" or "True" or "TRUE";

    /// <summary>The number as JSON writes it; <see langword="null"/> for infinity, for what is no number, and for what a double can't hold.</summary>
    public static string? JsonNumber(string text)
    {
        if (text.Length > LongestNumber)
        {
            return null;
        }

        if (text.StartsWith("0x", StringComparison.Ordinal))
        {
            return BigInteger.Parse("0" + text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
        }

        if (text.StartsWith("0o", StringComparison.Ordinal))
        {
            return text[2..].Aggregate(BigInteger.Zero, (sum, digit) => (sum * 8) + (digit - '0')).ToString(CultureInfo.InvariantCulture);
        }

        var number = Decimal.Match(text);
        return number.Success && IsStorable(text, number) ? Written(number) : null;
    }

    private static bool IsStorable(string text, Match number)
    {
        var value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        var isZero = number.Groups["digits"].Value.Concat(number.Groups["fraction"].Value).All(digit => digit == '0');
        return double.IsFinite(value) && (isZero ? number.Groups["exponent"].Length <= 3 : value != 0);
    }

    private static string Written(Match number)
    {
        var sign = number.Groups["sign"].Value == "-" ? "-" : "";
        var digits = number.Groups["digits"].Value.TrimStart('0');
        var fraction = number.Groups["fraction"].Value;
        var exponent = number.Groups["exponent"].Value;
        return string.Concat(
            sign,
            digits.Length == 0 ? "0" : digits,
            fraction.Length == 0 ? "" : "." + fraction,
            exponent.Length == 0 ? "" : "e" + exponent);
    }

    [GeneratedRegex(@"\A(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\z")]
    private static partial Regex Number { get; }

    [GeneratedRegex(@"\A(?<sign>[-+]?)(?<digits>[0-9]*)(?:\.(?<fraction>[0-9]*))?(?:[eE](?<exponent>[-+]?[0-9]+))?\z")]
    private static partial Regex Decimal { get; }
}

/// <summary>The few tags that say no more than the node does; all others are errors.</summary>
internal static class CoreTags
{
    private const string Prefix = "tag:yaml.org,2002:";

    public static bool IsText(TagName tag) => Is(tag, "str");

    public static bool IsList(TagName tag) => Is(tag, "seq");

    public static bool IsMap(TagName tag) => Is(tag, "map");

    /// <exception cref="SemanticErrorException">The node has a tag that isn't the one allowed there.</exception>
    public static void Check(NodeEvent node, bool isAllowed)
    {
        if (!isAllowed && !node.Tag.IsEmpty && !node.Tag.IsNonSpecific)
        {
            throw new SemanticErrorException(node.Start, node.End, $"has the tag {Shown.Short(node.Tag.Value)}: tags aren't allowed, leave it out");
        }
    }

    private static bool Is(TagName tag, string name) => !tag.IsEmpty && !tag.IsNonSpecific && tag.Value == Prefix + name;
}
