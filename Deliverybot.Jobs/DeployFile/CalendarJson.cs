using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Deliverybot.Jobs.Calendar;

namespace Deliverybot.Jobs.DeployFile;

/// <summary>How long, as the file writes it.</summary>
internal sealed class LengthConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Length.TryParse(reader.GetString() ?? "") ?? throw new JsonException("This is no length of time.");

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteStringValue(Length.Text(value));
}

/// <summary>The spans, as the file writes them.</summary>
internal sealed class WindowConverter : JsonConverter<Window>
{
    public override Window Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(
    [
        .. (JsonSerializer.Deserialize<string[]>(ref reader) ?? [])
            .Select(text => WindowSpan.TryParse(text, out var misread) ?? throw new JsonException(misread?.Why)),
    ]);

    public override void Write(Utf8JsonWriter writer, Window value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.Spans.Select(span => span.Text));
}

/// <summary>The freezes with the times at which they begin and are over, whatever of that the file leaves unsaid.</summary>
internal sealed class FreezesConverter : JsonConverter<Freezes>
{
    private const string Time = "yyyy-MM-dd HH:mm";

    public override Freezes Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new([.. (JsonSerializer.Deserialize<Kept[]>(ref reader) ?? []).Select(Of)]);

    public override void Write(Utf8JsonWriter writer, Freezes value, JsonSerializerOptions options) => JsonSerializer.Serialize(
        writer,
        value.All.Select(freeze => new Kept(
            freeze.From?.ToString(Time, CultureInfo.InvariantCulture),
            freeze.Until?.ToString(Time, CultureInfo.InvariantCulture),
            freeze.Weekly?.Text,
            freeze.Reason.Length == 0 ? null : freeze.Reason,
            freeze.Environments is [] ? null : [.. freeze.Environments])));

    private static Freeze Of(Kept kept) => new()
    {
        From = TimeOf(kept.From),
        Until = TimeOf(kept.Until),
        Weekly = kept.Weekly is { } weekly ? WeeklySpan.TryParse(weekly, out var misread) ?? throw new JsonException(misread?.Why) : null,
        Reason = kept.Reason ?? "",
        Environments = [.. kept.Environments ?? []],
    };

    private static DateTime? TimeOf(string? text) => text is null
        ? null
        : DateTime.TryParseExact(text, Time, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time
        : throw new JsonException("This is no time.");

    private sealed record Kept(
        [property: JsonPropertyName("from"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? From,
        [property: JsonPropertyName("until"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Until,
        [property: JsonPropertyName("weekly"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Weekly,
        [property: JsonPropertyName("reason"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason,
        [property: JsonPropertyName("environments"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string[]? Environments);
}
