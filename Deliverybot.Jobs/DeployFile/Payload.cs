using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deliverybot.Jobs.DeployFile.Faults;
using Deliverybot.Jobs.DeployFile.Templates;
using Deliverybot.Jobs.DeployFile.Yaml;

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

/// <summary>Renders one payload. Values become JSON strings and nothing else, so none can add a key.</summary>
internal sealed class PayloadRendering(TemplateValues values)
{
    private string? fault;

    public PayloadResult Render(Target target, JsonNode? correlation)
    {
        var payload = new JsonObject { ["target"] = target.Name.Value };
        foreach (var (key, value) in target.Payload.Entries)
        {
            payload[key] = value.Render(this, $"payload.{key}");
        }

        if (correlation is not null)
        {
            payload[Target.CorrelationKey] = correlation;
        }

        return fault is null ? new PayloadResult.Rendered(payload) : new PayloadResult.Unrendered(fault);
    }

    public JsonValue? Text(Template template, string key)
    {
        var result = template.Render(values, key);
        if (result is TemplateResult.Unrendered(var message))
        {
            fault ??= message;
            return null;
        }

        return JsonValue.Create(((TemplateResult.Rendered)result).Text);
    }
}

/// <summary>A payload ready to be sent, or why it can't be.</summary>
internal abstract record PayloadResult
{
    private PayloadResult()
    {
    }

    public abstract T Match<T>(Func<JsonObject, T> rendered, Func<string, T> unrendered);

    public sealed record Rendered(JsonObject Payload) : PayloadResult
    {
        public override T Match<T>(Func<JsonObject, T> rendered, Func<string, T> unrendered) => rendered(Payload);
    }

    /// <summary>A sentence for the user that names target and key.</summary>
    public sealed record Unrendered(string Message) : PayloadResult
    {
        public override T Match<T>(Func<JsonObject, T> rendered, Func<string, T> unrendered) => unrendered(Message);
    }
}

/// <summary>Reads the tree under <c>payload</c>.</summary>
internal static class PayloadReader
{
    public static PayloadValue.Map? Read(WrittenValue payload)
    {
        if (payload.Map() is not { } map)
        {
            return null;
        }

        foreach (var (name, key, _) in map.Entries)
        {
            if (name == Target.CorrelationKey)
            {
                key.Fault<string>("is reserved for Deliverybot's own use: choose another key");
            }
        }

        return MapOf(map);
    }

    private static PayloadValue.Map MapOf(WrittenValue map) =>
        new([.. map.Entries.Select(entry => KeyValuePair.Create(entry.Name, ValueOf(entry.Value)))]);

    private static PayloadValue ValueOf(WrittenValue value) => value.Node switch
    {
        YamlNode.Map => MapOf(value),
        YamlNode.List => new PayloadValue.List([.. value.Items.Select(ValueOf)]),
        _ => ValueOf((YamlNode.Scalar)value.Node, value) ?? new PayloadValue.Null(),
    };

    private static PayloadValue? ValueOf(YamlNode.Scalar scalar, WrittenValue value) => scalar.Type switch
    {
        ScalarKind.Null => new PayloadValue.Null(),
        ScalarKind.Flag => new PayloadValue.Flag(CoreSchema.IsTrue(scalar.Text)),
        ScalarKind.Number when CoreSchema.JsonNumber(scalar.Text) is { } number => new PayloadValue.Number(number),
        ScalarKind.Number => value.Fault<PayloadValue>($"is a number that JSON can't hold: write it in quotes: \"{Shown.Short(scalar.Text)}\""),
        ScalarKind.Text => value.Template() is { } template ? new PayloadValue.Text(template) : null,
    };
}
