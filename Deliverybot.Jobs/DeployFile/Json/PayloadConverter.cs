using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Deliverybot.Jobs.DeployFile.Templates;

namespace Deliverybot.Jobs.DeployFile.Json;

/// <summary>Writes a payload as the JSON it stands for, with its templates unrendered.</summary>
internal sealed class PayloadConverter : JsonConverter<PayloadValue.Map>
{
    public override PayloadValue.Map Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.StartObject ? ReadMap(ref reader) : throw new JsonException("A payload is an object.");

    public override void Write(Utf8JsonWriter writer, PayloadValue.Map value, JsonSerializerOptions options) => WriteValue(writer, value);

    private static PayloadValue ReadValue(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => ReadMap(ref reader),
        JsonTokenType.StartArray => ReadList(ref reader),
        JsonTokenType.String => new PayloadValue.Text(Template.Parse(reader.GetString()!)),
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

    private static void WriteValue(Utf8JsonWriter writer, PayloadValue value)
    {
        switch (value)
        {
            case PayloadValue.Text text:
                writer.WriteStringValue(text.Template.Text);
                break;
            case PayloadValue.Number number:
                writer.WriteRawValue(number.Json);
                break;
            case PayloadValue.Flag flag:
                writer.WriteBooleanValue(flag.Value);
                break;
            case PayloadValue.Null:
                writer.WriteNullValue();
                break;
            case PayloadValue.List list:
                writer.WriteStartArray();
                foreach (var item in list.Items)
                {
                    WriteValue(writer, item);
                }

                writer.WriteEndArray();
                break;
            case PayloadValue.Map map:
                writer.WriteStartObject();
                foreach (var (key, item) in map.Entries)
                {
                    writer.WritePropertyName(key);
                    WriteValue(writer, item);
                }

                writer.WriteEndObject();
                break;
            default:
                throw new UnreachableException();
        }
    }
}
