using System.Globalization;

namespace Deliverybot.Benchmarks.Reporting;

/// <summary>One measured value as it is shown, and whether it reaches its goal where it has one.</summary>
internal sealed record Figure(string Text, bool? Reached = null)
{
    private static readonly NumberFormatInfo Numbers = new() { NumberGroupSeparator = " ", NumberDecimalSeparator = "." };

    public static Figure None { get; } = new("");

    public static Figure Of(double value, int decimals = 0) => new(value.ToString($"N{decimals}", Numbers));

    public static Figure Milliseconds(TimeSpan time) => Of(time.TotalMilliseconds, time.TotalMilliseconds < 100 ? 1 : 0);

    public static Figure Seconds(TimeSpan time) => Of(time.TotalSeconds, 2);

    public static Figure Megabytes(long bytes) => Of(bytes / 1_000_000.0);

    public Figure Goal(bool reached) => this with { Reached = reached };
}
