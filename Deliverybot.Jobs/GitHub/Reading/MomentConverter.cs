using System.Text.Json;
using System.Text.Json.Serialization;

namespace Deliverybot.Jobs.GitHub.Reading;

/// <summary>
/// A time as we can keep it: in UTC, and of this age. Git lets a commit claim any year and any offset; those that no calendar has can't
/// be used, nor can those that PostgreSQL would take for the beginning or the end of all time.
/// </summary>
internal sealed class MomentConverter : JsonConverter<DateTimeOffset>
{
    private const int Last = 2999;

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var moment = reader.GetDateTimeOffset().ToUniversalTime();
        return moment >= DateTimeOffset.UnixEpoch && moment.Year <= Last ? moment : throw new JsonException("A time that can't be meant.");
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
