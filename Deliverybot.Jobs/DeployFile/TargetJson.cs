using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile.Templates;

namespace Deliverybot.Jobs.DeployFile;

/// <summary>A target as it is kept with a wish: nothing is lost, whatever becomes of the file.</summary>
internal static class TargetJson
{
    /// <summary>Not source-generated: that sets every init-only property, and what an earlier version hadn't written must keep its default.</summary>
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        Converters =
        {
            new TemplateConverter(),
            new AutoDeployRuleConverter(),
            new TargetNameConverter(),
            new PermissionEntryConverter(),
            new PayloadConverter(),
            new LengthConverter(),
            new WindowConverter(),
            new FreezesConverter(),
            new JsonStringEnumConverter<QueueMode>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
        },
    };

    public static string Write(Target target) => JsonSerializer.Serialize(target, Options);

    /// <exception cref="JsonException">This is no target that <see cref="Write"/> wrote.</exception>
    public static Target Read(string json) =>
        JsonSerializer.Deserialize<Target>(json, Options) ?? throw new JsonException("A target can't be null.");

    public static JsonNode? ToNode(Target target) => JsonSerializer.SerializeToNode(target, Options);
}

internal sealed class TemplateConverter : JsonConverter<Template>
{
    public override Template Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return Template.Kept(reader.GetString() ?? "");
        }
        catch (FormatException fault)
        {
            throw new JsonException(fault.Message, fault);
        }
    }

    public override void Write(Utf8JsonWriter writer, Template value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}

internal sealed class AutoDeployRuleConverter : JsonConverter<AutoDeployRule>
{
    public override AutoDeployRule Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        AutoDeployRule.TryParse(reader.GetString() ?? "", out var fault) ?? throw new JsonException(fault);

    public override void Write(Utf8JsonWriter writer, AutoDeployRule value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

internal sealed class TargetNameConverter : JsonConverter<TargetName>
{
    public override TargetName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetString() ?? throw new JsonException("A target's name can't be null."));

    public override void Write(Utf8JsonWriter writer, TargetName value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

/// <summary>Writes a payload as the JSON it stands for, with its templates unrendered.</summary>
internal sealed class PayloadConverter : JsonConverter<PayloadValue.Map>
{
    public override PayloadValue.Map Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.StartObject ? ReadMap(ref reader) : throw new JsonException("A payload is an object.");

    public override void Write(Utf8JsonWriter writer, PayloadValue.Map value, JsonSerializerOptions options) => value.WriteTo(writer);

    private static PayloadValue ReadValue(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => ReadMap(ref reader),
        JsonTokenType.StartArray => ReadList(ref reader),
        JsonTokenType.String => new PayloadValue.Text(Template.Kept(reader.GetString()!)),
        JsonTokenType.Number => new PayloadValue.Number(Encoding.UTF8.GetString(reader.ValueSpan)),
        JsonTokenType.True => new PayloadValue.Flag(true),
        JsonTokenType.False => new PayloadValue.Flag(false),
        JsonTokenType.Null => new PayloadValue.Null(),
        _ => throw new JsonException($"A payload can't hold {reader.TokenType}."),
    };

    private static PayloadValue.Map ReadMap(ref Utf8JsonReader reader)
    {
        var entries = ImmutableArray.CreateBuilder<KeyValuePair<string, PayloadValue>>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = reader.GetString()!;
            reader.Read();
            entries.Add(new(key, ReadValue(ref reader)));
        }

        return entries.Count == 0 ? PayloadValue.Map.Empty : new PayloadValue.Map(entries.DrainToImmutable());
    }

    private static PayloadValue.List ReadList(ref Utf8JsonReader reader)
    {
        var items = ImmutableArray.CreateBuilder<PayloadValue>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ReadValue(ref reader));
        }

        return new PayloadValue.List(items.DrainToImmutable());
    }
}

/// <summary>What a deployment's row has kept of its target.</summary>
internal static class KeptTarget
{
    /// <summary>
    /// It does what its target is for. A person may have asked for another task: that brings the commit nowhere. Of what others have made
    /// no target is kept, and nothing says so. A rollback repeats the task of then, whatever the target's is by now.
    /// </summary>
    public static bool IsOfItsTask(this Deployment made) =>
        made.TargetDefinition is not { } definition || made.Act is DeploymentAct.Rollback || TargetJson.Read(definition).Task == made.Task;
}
