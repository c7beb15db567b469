using System.Collections.Immutable;
using Deliverybot.Jobs.DeployFile.Templates;

namespace Deliverybot.Jobs.DeployFile;

/// <summary>A value of <c>payload</c>, with a template in every string.</summary>
internal abstract record PayloadValue
{
    private PayloadValue()
    {
    }

    public sealed record Text(Template Template) : PayloadValue;

    /// <summary>A number, written as JSON writes it.</summary>
    public sealed record Number(string Json) : PayloadValue;

    public sealed record Flag(bool Value) : PayloadValue;

    public sealed record Null : PayloadValue;

    public sealed record List(ImmutableArray<PayloadValue> Items) : PayloadValue;

    /// <summary>Keys are as written (no templates), unique and in the order of the file.</summary>
    public sealed record Map(ImmutableArray<KeyValuePair<string, PayloadValue>> Entries) : PayloadValue
    {
        public static readonly Map Empty = new([]);
    }

    /// <summary>Whether any template in here, at any depth, is as described.</summary>
    public bool AnyTemplate(Func<Template, bool> condition) => this switch
    {
        Text text => condition(text.Template),
        List list => list.Items.Any(item => item.AnyTemplate(condition)),
        Map map => map.Entries.Any(entry => entry.Value.AnyTemplate(condition)),
        _ => false,
    };
}
