using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deliverybot.Jobs.DeployFile.Templates;

namespace Deliverybot.Jobs.DeployFile;

/// <summary>A value of <c>payload</c>, with a template in every string.</summary>
internal abstract record PayloadValue
{
    private PayloadValue()
    {
    }

    /// <summary>Whether any template in here, at any depth, is as described.</summary>
    public virtual bool AnyTemplate(Func<Template, bool> condition) => false;

    /// <summary>As JSON, with its templates unrendered.</summary>
    public abstract void WriteTo(Utf8JsonWriter writer);

    /// <summary>What is sent. A fault is left with <paramref name="rendering"/>.</summary>
    public abstract JsonNode? Render(PayloadRendering rendering, string key);

    public sealed record Text(Template Template) : PayloadValue
    {
        public override bool AnyTemplate(Func<Template, bool> condition) => condition(Template);

        public override void WriteTo(Utf8JsonWriter writer) => writer.WriteStringValue(Template.Text);

        public override JsonNode? Render(PayloadRendering rendering, string key) => rendering.Text(Template, key);
    }

    /// <summary>A number, written as JSON writes it.</summary>
    public sealed record Number(string Json) : PayloadValue
    {
        public override void WriteTo(Utf8JsonWriter writer) => writer.WriteRawValue(Json);

        public override JsonNode? Render(PayloadRendering rendering, string key) => JsonNode.Parse(Json);
    }

    public sealed record Flag(bool Value) : PayloadValue
    {
        public override void WriteTo(Utf8JsonWriter writer) => writer.WriteBooleanValue(Value);

        public override JsonNode? Render(PayloadRendering rendering, string key) => JsonValue.Create(Value);
    }

    public sealed record Null : PayloadValue
    {
        public override void WriteTo(Utf8JsonWriter writer) => writer.WriteNullValue();

        public override JsonNode? Render(PayloadRendering rendering, string key) => null;
    }

    public sealed record List(ImmutableArray<PayloadValue> Items) : PayloadValue
    {
        public override bool AnyTemplate(Func<Template, bool> condition) => Items.Any(item => item.AnyTemplate(condition));

        public override void WriteTo(Utf8JsonWriter writer)
        {
            writer.WriteStartArray();
            foreach (var item in Items)
            {
                item.WriteTo(writer);
            }

            writer.WriteEndArray();
        }

        public override JsonNode? Render(PayloadRendering rendering, string key) =>
            new JsonArray([.. Items.Select((item, index) => item.Render(rendering, string.Create(CultureInfo.InvariantCulture, $"{key}[{index}]")))]);
    }

    /// <summary>Keys are as written (no templates), unique and in the order of the file.</summary>
    public sealed record Map(ImmutableArray<KeyValuePair<string, PayloadValue>> Entries) : PayloadValue
    {
        public static readonly Map Empty = new([]);

        public override bool AnyTemplate(Func<Template, bool> condition) => Entries.Any(entry => entry.Value.AnyTemplate(condition));

        public override void WriteTo(Utf8JsonWriter writer)
        {
            writer.WriteStartObject();
            foreach (var (key, item) in Entries)
            {
                writer.WritePropertyName(key);
                item.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        public override JsonNode? Render(PayloadRendering rendering, string key) =>
            new JsonObject(Entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Render(rendering, $"{key}.{entry.Key}"))));
    }
}
