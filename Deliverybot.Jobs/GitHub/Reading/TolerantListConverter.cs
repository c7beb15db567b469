using System.Text.Json;
using System.Text.Json.Serialization;

namespace Deliverybot.Jobs.GitHub.Reading;

/// <summary>Of a list, the items that can't be used are left out.</summary>
internal sealed class TolerantListConverter<TList, TItem> : JsonConverter<TList>
    where TList : class, IReadOnlyList<TItem>
{
    private readonly TolerantConverter<TItem> _item = new();

    public override bool HandleNull => true;

    public override TList? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return null;
        }

        var items = new List<TItem>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (_item.Read(ref reader, typeof(TItem), options) is { } item)
            {
                items.Add(item);
            }
        }

        // An array is the one list that any of the declared types can hold.
        return (TList)(object)items.ToArray();
    }

    public override void Write(Utf8JsonWriter writer, TList value, JsonSerializerOptions options) =>
        throw new NotSupportedException($"A {typeof(TList).Name} is read only.");
}
